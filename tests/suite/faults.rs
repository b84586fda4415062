//! A run that is killed, that finds the disk full or that is not alone costs nobody anything.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bitim::error::{Error, Result};
use bitim::load::checksum;
use bitim::write::manifest::{FILE, JOURNAL, Manifest};
use bitim::write::{Bundled, Destination, bundle};

use crate::harness::Project;

/// So many runs are killed, unless `BITIM_KILLS` asks for more.
const KILLS: usize = 30;

/// So many tables a report has that is killed while it is written.
const TABLES: usize = 120;

/// The files of a report: all tables of one release differ from those of another, and one has a name of its own.
fn release(number: usize) -> Vec<(String, Vec<u8>)> {
    let text = |table: usize| format!("{number} {table}\n").repeat(20 + number % 7);
    let mut files: Vec<(String, Vec<u8>)> = (0..TABLES)
        .map(|table| (format!("tables/t{table}.csv"), text(table).into_bytes()))
        .collect();
    let only = format!("only{number}/figure.png");
    files.push((only, text(TABLES).into_bytes()));
    files
}

/// Writes a release into `out/mine`, and never over anything that is not its own.
fn write(out: &Path, number: usize) -> Result<Bundled> {
    let empty = "bitim = \"0\"\ndataset = {}\nquestion = {}\ninput = []\noutput = []\nskipped = []";
    let to = Destination {
        folder: out,
        inputs: &[],
        force: false,
    };
    bundle(
        &to,
        "mine",
        &release(number),
        Manifest::read(empty).unwrap(),
    )
}

#[test]
#[ignore = "the run that is killed, in a process of its own"]
fn a_run_to_be_killed() {
    if let (Some(out), Ok(number)) = (
        std::env::var_os("BITIM_OUT"),
        std::env::var("BITIM_RELEASE"),
    ) {
        write(Path::new(&out), number.parse().unwrap()).unwrap();
    }
}

fn run_to_be_killed(out: &Path, number: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::a_run_to_be_killed", "--ignored"])
        .env("BITIM_OUT", out)
        .env("BITIM_RELEASE", number.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many files are staged in the folder, and whether they are announced.
fn progress(folder: &Path) -> (usize, bool) {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = names
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let staged = names.iter().filter(|name| name.ends_with(".part")).count();
    (staged, names.iter().any(|name| name == JOURNAL))
}

/// Kills a run once it has come so far: so many files staged, or so many that have their names.
fn kill_at(mut run: Child, folder: &Path, point: usize) {
    while run.try_wait().unwrap().is_none() {
        let (staged, is_announced) = progress(folder);
        let there = if is_announced {
            2 * TABLES - staged.min(TABLES)
        } else {
            staged
        };
        if there >= point {
            break;
        }
        // Who reads a folder all the time holds up who writes into it.
        std::thread::sleep(Duration::from_micros(100));
    }
    let _ = run.kill();
    run.wait().unwrap();
}

/// Draws that are the same every time (the constants of Knuth's MMIX).
fn draw(seed: &mut u64) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap()
}

/// Every file that has its name is that of one release, whole.
fn holds_no_half_file(project: &Project, releases: usize) {
    let known: BTreeSet<(String, String)> = (0..=releases)
        .flat_map(release)
        .map(|(file, bytes)| (format!("out/mine/{file}"), checksum(&bytes)))
        .collect();
    for file in project.files("out") {
        if file.ends_with(".csv") || file.ends_with(".png") {
            let is_known = known.contains(&(file.clone(), checksum(&project.read(&file))));
            assert!(is_known, "{file} is half written");
        } else if !file.ends_with(".part") {
            let text = String::from_utf8(project.read(&file)).unwrap();
            assert!(
                toml::from_str::<toml::Table>(&text).is_ok(),
                "{file}: {text}"
            );
        }
    }
}

/// The folder holds what a run into an empty one makes.
fn is_as_if_written_anew(project: &Project, number: usize) {
    let clean = Project::empty();
    write(&clean.path("out"), number).unwrap();
    assert_eq!(project.files("out"), clean.files("out"));
    for file in clean.files("out") {
        assert!(project.read(&file) == clean.read(&file), "{file} differs");
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the counts are for whoever asks for more kills"
)]
fn a_run_killed_at_any_point_locks_nobody_out() {
    let asked = std::env::var("BITIM_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let (mut seed, mut kills) = (11, 0);
    let [mut staging, mut placing, mut ended] = [0; 3];
    while kills < asked.unwrap_or(KILLS) {
        let project = Project::empty();
        let (out, folder) = (project.path("out"), project.path("out/mine"));
        let is_first = draw(&mut seed).is_multiple_of(4);
        if !is_first {
            write(&out, 0).unwrap();
        }
        // Runs of other data, one upon the other, none of which comes to its end.
        let runs = 1 + draw(&mut seed) % 3;
        for number in 1..=runs {
            kill_at(
                run_to_be_killed(&out, number),
                &folder,
                draw(&mut seed) % (2 * TABLES + 2),
            );
            holds_no_half_file(&project, runs);
            match progress(&folder) {
                (_, true) => placing += 1,
                (0, false) => ended += 1,
                (_, false) => staging += 1,
            }
            kills += 1;
        }
        let (staged, is_announced) = progress(&folder);
        let written = write(&out, runs + 1).unwrap();
        assert_eq!(written.was_interrupted, staged > 0 || is_announced);
        is_as_if_written_anew(&project, runs + 1);
    }
    println!("killed while staging {staging}, while placing {placing}, before or after {ended}");
    assert!(staging > 0 && placing > 0, "{staging} {placing}");
}

#[test]
fn what_was_changed_after_a_kill_is_not_overwritten() {
    let project = Project::empty();
    let (out, folder) = (project.path("out"), project.path("out/mine"));
    write(&out, 0).unwrap();
    while !progress(&folder).1 {
        kill_at(run_to_be_killed(&out, 1), &folder, 2 * TABLES - TABLES / 2);
    }
    let file = "out/mine/tables/t7.csv";
    project.write(file, b"edited by hand");
    let refused = write(&out, 2).unwrap_err();
    assert!(
        matches!(&refused, Error::Foreign { path } if *path == project.path(file)),
        "{refused}"
    );
    fs::remove_file(project.path(file)).unwrap();
    assert!(write(&out, 2).unwrap().was_interrupted);
    is_as_if_written_anew(&project, 2);
    assert!(!write(&out, 3).unwrap().was_interrupted);
}

#[test]
fn what_a_power_cut_left_empty_is_nobodys_work() {
    for file in [FILE, JOURNAL, "tables/t7.csv"] {
        let project = Project::empty();
        let (out, folder) = (project.path("out"), project.path("out/mine"));
        write(&out, 0).unwrap();
        fs::write(folder.join(file), b"").unwrap();
        write(&out, 0).unwrap();
        is_as_if_written_anew(&project, 0);
    }
}

#[test]
fn the_next_run_says_that_an_earlier_one_was_interrupted() {
    let project = Project::three_cases();
    let report = ["report", "--data", "data"];
    let folder = project.path("reports/mine");
    while progress(&folder) == (0, false) {
        let run = Command::new(env!("CARGO_BIN_EXE_bitim"))
            .args(report)
            .current_dir(project.path(""))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        kill_at(run, &folder, 20);
    }
    project.write(
        "data/roles.csv",
        b"case_id,role,uptake\nfjord,venue,provided\n",
    );
    project
        .run(&report)
        .exits(0)
        .complains("an earlier run was interrupted while it wrote reports/mine");
    let [left, clean] = ["reports", "clean"].map(|out| {
        project
            .run(&["report", "--data", "data", "-o", out])
            .exits(0)
            .keeps_quiet();
        let files = project.files(out);
        let bytes = files
            .iter()
            .map(|file| project.read(file))
            .collect::<Vec<_>>();
        let names = files.iter().map(|file| file.replacen(out, "", 1));
        names.zip(bytes).collect::<Vec<_>>()
    });
    assert!(left == clean);
}

/// Runs the program with files limited to so many blocks of 512 bytes, as on a disk that is full; where the signal
/// is not ignored, it ends the program on the spot.
fn on_a_full_disk(
    project: &Project,
    blocks: u32,
    is_ignored: bool,
    arguments: &[&str],
) -> (bool, String) {
    let trap = if is_ignored { "trap '' XFSZ; " } else { "" };
    let script = format!("{trap}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let ended = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_bitim")])
        .args(arguments)
        .current_dir(project.path(""))
        .output()
        .unwrap();
    let message = String::from_utf8(ended.stderr).unwrap();
    (ended.status.success(), message)
}

#[test]
fn a_full_disk_changes_nothing() {
    let project = Project::three_cases();
    let report = ["report", "--data", "data"];
    project.run(&report).exits(0);
    let all = |project: &Project| {
        let files = project.files("reports");
        let bytes = files
            .iter()
            .map(|file| project.read(file))
            .collect::<Vec<_>>();
        files.into_iter().zip(bytes).collect::<Vec<_>>()
    };
    let before = all(&project);
    project.write(
        "data/roles.csv",
        b"case_id,role,uptake\nfjord,venue,provided\n",
    );
    let (is_well, message) = on_a_full_disk(&project, 100, true, &report);
    assert!(
        !is_well && message.contains("cannot write reports/mine"),
        "{message}"
    );
    assert!(all(&project) == before);
    assert!(!on_a_full_disk(&project, 100, false, &report).0);
    assert!(progress(&project.path("reports/mine")).0 > 0);
    project.run(&report).exits(0).complains("was interrupted");
    assert_eq!(progress(&project.path("reports/mine")), (0, false));
    assert!(all(&project) != before);
}

#[test]
fn a_full_disk_leaves_neither_a_figure_nor_a_data_set_in_part() {
    let project = Project::empty();
    for (arguments, blocks) in [
        (
            &["chart", "roles", "--format", "svg,png", "-o", "out"][..],
            40,
        ),
        (&["init", "out"], 60),
    ] {
        let (is_well, message) = on_a_full_disk(&project, blocks, true, arguments);
        assert!(
            !is_well && message.contains("cannot write out"),
            "{message}"
        );
        assert!(
            project.files("out").is_empty(),
            "{:?}",
            project.files("out")
        );
    }
}

#[test]
fn of_two_runs_in_one_folder_the_second_is_told() {
    let project = Project::empty();
    let out = project.path("out");
    write(&out, 0).unwrap();
    let open = File::open(project.path("out/mine")).unwrap();
    open.lock().unwrap();
    let refused = write(&out, 1).unwrap_err();
    assert!(matches!(refused, Error::Busy { .. }), "{refused}");
    assert!(
        refused
            .to_string()
            .contains("another run of bitim is writing into")
    );
    is_as_if_written_anew(&project, 0);
    open.unlock().unwrap();
    write(&out, 1).unwrap();
    is_as_if_written_anew(&project, 1);
}

#[test]
fn two_runs_at_once_leave_the_report_of_one_of_them() {
    for _ in 0..4 {
        let project = Project::empty();
        let out = project.path("out");
        let runs = [1, 2].map(|number| (number, run_to_be_killed(&out, number)));
        let ended = runs.map(|(number, mut run)| (number, run.wait().unwrap().success()));
        let well: Vec<usize> = ended
            .iter()
            .filter(|(_, is_well)| *is_well)
            .map(|(number, _)| *number)
            .collect();
        assert!(!well.is_empty());
        let text = String::from_utf8(project.read(&format!("out/mine/{FILE}"))).unwrap();
        let manifest = Manifest::read(&text).unwrap();
        let is_whole = |number: &&usize| {
            let files = release(**number);
            let entry = manifest.output.first().unwrap();
            entry.sha256 == checksum(&files[0].1)
        };
        is_as_if_written_anew(&project, *well.iter().find(is_whole).unwrap());
        write(&out, 3).unwrap();
        is_as_if_written_anew(&project, 3);
    }
}
