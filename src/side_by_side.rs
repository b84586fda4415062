//! Work of one kind on many items, on all processors of the machine, and work in two steps.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use crate::error::Result;

/// The stack of a thread that computes: as large as that of the main thread, since plans of frames are
/// walked recursively.
const STACK: usize = 8 << 20;

/// The variable by which a user limits the threads of polars, and of this program.
const MOST_THREADS: &str = "POLARS_MAX_THREADS";

/// As many threads as the user allows, otherwise as the machine has.
fn workers() -> usize {
    let allowed = std::env::var(MOST_THREADS).ok();
    allowed
        .and_then(|given| given.parse().ok())
        .or_else(|| thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
}

/// Applies `compute` to every item on as many threads as there are [`workers`], and gives the results in
/// the order of the items, or the first error in that order.
///
/// `step` hears, as each item ends, how many have ended and how many there are.
///
/// Plain threads and not rayon: a thread of its pool that waits for polars takes up another item
/// meanwhile, one inside the other, until its stack is full.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    step: &(dyn Fn(usize, usize) + Sync),
    compute: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, compute(item)));
            step(ended.fetch_add(1, Ordering::Relaxed) + 1, items.len());
        }
    };
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..workers().min(items.len()))
            .filter_map(|_| {
                let builder = thread::Builder::new().stack_size(STACK);
                builder.spawn_scoped(scope, work).ok()
            })
            .collect();
        // Where no thread can be had, this one does it all.
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// How many things wait for the second step at most.
const WAITING: usize = 4;

/// Runs `first` with a function to which it gives what `second` is to take, in the order in which it is given: on
/// another thread, which begins with the first thing that is given.
pub(crate) fn behind<T: Send, R>(
    second: impl FnMut(T) + Send,
    first: impl FnOnce(&mut dyn FnMut(T)) -> R,
) -> R {
    let second = Mutex::new(second);
    let take = |given: T| (second.lock().unwrap_or_else(PoisonError::into_inner))(given);
    thread::scope(|scope| {
        let mut thread = None;
        let mut give = |given: T| {
            let thread = thread.get_or_insert_with(|| {
                let (send, receive) = mpsc::sync_channel(WAITING);
                let work = || receive.into_iter().for_each(take);
                let builder = thread::Builder::new().stack_size(STACK);
                builder.spawn_scoped(scope, work).ok().map(|_| send)
            });
            let rest = match thread {
                Some(send) => send.send(given).err().map(|mpsc::SendError(given)| given),
                None => Some(given),
            };
            // Where no thread can be had, this one does both.
            if let Some(given) = rest {
                take(given);
            }
        };
        first(&mut give)
    })
}

/// The results of both, the second computed on another thread if one can be had.
pub(crate) fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
        let other = builder.spawn_scoped(scope, &second);
        let first = first();
        let second = match other.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => second(),
        };
        (first, second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_taken_whole_and_in_order() {
        for n in [0, 1, 1000] {
            let mut taken = Vec::new();
            let given = behind(
                |item| taken.push(item),
                |give| (0..n).inspect(|item| give(*item)).count(),
            );
            assert_eq!((given, taken), (n, (0..n).collect()));
        }
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }
}
