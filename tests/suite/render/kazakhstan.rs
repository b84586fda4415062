//! A made-up record of about the shape of the real one: two dozen cases, a crowded process, vague
//! dates, open ends.

use bitim::analyse::table::Table;

use super::numbers::{ProfileLine, RoleLine, profile_table, roles_table};
use super::samples;

/// As [`samples::timeline`] reads it.
const CASES: &str = "\
karabakh-1991 | First mission to Karabakh with Russia | Ресеймен бірге Қарабаққа алғашқы сапар | Первая миссия в Карабах вместе с Россией
    mediation | 1991-09-20 | 1991-12 | broker | process
    1991-09-20 visit -; 1991-09-23 agreement -; 1991-11-20 incident -; 1991-12 statement ?

karabakh-1992 | Karabakh truce initiative | Қарабақтағы бітім бастамасы | Инициатива о перемирии в Карабахе
    mediation | 1992-03 | 1992-09 | broker | ceasefire
    1992-03 offer +; 1992-06 statement +; 1992-08 agreement +; 1992-09 incident -

tajikistan-1993 | Inter-Tajik talks | Тәжікаралық келіссөздер | Межтаджикские переговоры
    mediation | 1993 | 1997-06-27 | facilitation | settlement
    1993 other -; 1995-05-22/1995-06-01 round +; 1997-01-06 round -; 1997-02-26 round -;
    1997-06-26 agreement -

afghanistan-1996 | Repeated offers of a venue on Afghanistan | Ауғанстан бойынша алаң беру туралы қайталанған ұсыныстар | Повторные предложения площадки по Афганистану
    offer | 1996-10-04 | 2026-02-16 | venue | not_held
    1996-10-04 meeting +; 2000 statement +; 2018-11-21 offer +; 2020-02 offer ?; 2026-02-16 meeting +

india-pakistan-2002 | India and Pakistan at a summit in Almaty | Үндістан мен Пәкістан Алматыдағы саммитте | Индия и Пакистан на саммите в Алма-Ате
    mediation | 2002-06-03 | 2002-06-05 | venue | no_agreement
    2002-06-03 visit +; 2002-06-04 meeting +

kyrgyzstan-2005 | Resignation of a president in Kyrgyzstan | Қырғызстан президентінің отставкасы | Отставка президента в Киргизии
    mediation | 2005-03-24 | 2005-04-04 | facilitation | partial
    2005-03 round +; 2005-04-03 agreement -

karabakh-2005 | Later offers on Karabakh | Қарабақ бойынша кейінгі ұсыныстар | Поздние предложения по Карабаху
    offer | 2005-12 | 2020-10 |  | not_held
    2005-12 offer +; 2020-10 statement +

georgia-2008 | Offer after the war in Georgia | Грузиядағы соғыстан кейінгі ұсыныс | Предложение после войны в Грузии
    offer | 2008-08 | 2008-11 |  | not_held
    2008-08 statement +; 2008-11 offer +

geneva-2010 | Co-chair of the Geneva discussions | Женева пікірталастарының тең төрағасы | Сопредседательство на Женевских дискуссиях
    mediation | 2010-01-01 | 2010-12-31 | facilitation | no_agreement
    2009-12-15 visit -; 2010-11 visit -

karabakh-2010 | Karabakh under the chair of the OSCE | ЕҚЫҰ төрағалығы тұсындағы Қарабақ | Карабах при председательстве в ОБСЕ
    mediation | 2010-02-15 | 2010-12-02 | shuttle | no_agreement
    2010-02-15 visit -; 2010-07-17 meeting +; 2010-12-01 meeting +; 2010-12-02 statement +

transnistria-2010 | Transnistria: consultations in the 5+2 format | Приднестровье: 5+2 пішіміндегі кеңестер | Приднестровье: консультации в формате 5+2
    mediation | 2010-03-02 | 2010-12 | facilitation | no_agreement
    2010-03-02 round -; 2010-04 visit -; 2010-05-24 round +

kyrgyzstan-2010 | Departure of a president and return to calm in Kyrgyzstan | Қырғызстандағы президенттің кетуі және тыныштықтың орнауы | Отъезд президента и возвращение спокойствия в Киргизии
    mediation | 2010-04-08 | 2010-07 | broker | partial
    2010-04-08 statement +; 2010-04-15 agreement -; 2010-04-19 visit -; 2010-06 visit -; 2010-07 other -

iran-2013 | Two rounds on the Iranian programme | Иран бағдарламасы бойынша екі раунд | Два раунда по иранской программе
    mediation | 2012-04 | 2015-07-14 | venue | no_agreement
    2012-04 offer +; 2013-02-26 round +; 2013-04-05 round +; 2013-08 statement +; 2013-11 statement +;
    2014-12 offer +; 2015-07-14 agreement -

rogun-2013 | A shuttle on the Rogun dam | Роғұн бөгеті бойынша шаттл-дипломатия | Челночная поездка по Рогунской ГЭС
    mediation | 2013-03 | 2013-03 | shuttle | no_agreement
    2013-03 visit -

ukraine-2014 | Shuttle and venue for the Normandy Four | Норманд төрттігіне шаттл мен алаң | Челнок и площадка для нормандской четвёрки
    mediation | 2014-06 | 2015-10 | shuttle | not_held
    2014-06 call +; 2014-08-26 meeting -; 2014-12-15 call +; 2014-12-22 visit -; 2014-12-23 visit -;
    2015-01-12 offer +; 2015-02-11 statement +; 2015-10 visit ?

syria-2015 | Syrian opposition meets in Astana | Сирия оппозициясы Астанада | Сирийская оппозиция в Астане
    mediation | 2015-05-25 | 2015-10-04 | venue | process
    2015-04 offer +; 2015-05-25 round +; 2015-10-02 round +

russia-turkey-2016 | Reconciliation of Russia and Turkey | Ресей мен Түркияның татуласуы | Примирение России и Турции
    mediation | 2015-11/2016-01 | 2016-08-09 | broker | settlement
    2015-11-30 call +; 2016-02-06 visit +; 2016-06-22 meeting -; 2016-06-24 call -; 2016-08-05 visit -;
    2016-08-09 meeting -

minsk-2016 | Carrying messages between Moscow and Kyiv | Мәскеу мен Киев арасындағы хабар тасымалы | Передача посланий между Москвой и Киевом
    mediation | 2016-08 | 2019-11 | shuttle | not_held
    2016-08 call +; 2018-01-16 statement -; 2019-11 offer +; 2019-11-12 offer +

israel-iran-2016 | A message from Israel to Iran | Израильден Иранға хабар | Послание Израиля Ирану
    offer | 2016-12-14 | 2016-12-14 |  | not_held
    2016-12-14 offer +

astana-syria | Astana process on Syria | Сирия бойынша Астана процесі | Астанинский процесс по Сирии
    mediation | 2016-12-26 | 2024-11-12 | venue | ceasefire
    2016-12-26 call -; 2017-01-23 round +; 2017-02-15 round +; 2017-03-14 round +; 2017-05-03 round +;
    2017-07-04 round +; 2017-09-14 round +; 2017-10-30 round +; 2017-12-21 round +; 2018-05-14 round +;
    2018-07-30 round -; 2018-11-28 round +; 2019-04-25 round +; 2019-08-01 round +; 2019-12-10 round +;
    2021-02-16 round -; 2021-07-07 round +; 2021-12-21 round +; 2022-06-15 round +; 2022-11-22 round +;
    2023-06-20 round +; 2023-06-21 statement +; 2024-01-24 round +; 2024-11-11 round +

korea-2018 | A venue for the Korean nuclear talks | Корей ядролық келіссөздеріне алаң | Площадка для переговоров по КНДР
    offer | 2018-01 | 2018 |  | not_held
    2018-01-18 offer -

border-2021 | Kyrgyz-Tajik border clashes | Қырғыз-тәжік шекарасындағы қақтығыстар | Столкновения на киргизско-таджикской границе
    offer | 2021-04-29 | 2022-10-14 |  | 
    2021-04-29 statement +; 2021-05-01 call +; 2022-10-14 meeting +

ukraine-2022 | Offers in the full-scale war against Ukraine | Украинадағы кең ауқымды соғыс кезіндегі ұсыныстар | Предложения в полномасштабной войне против Украины
    offer | 2022-02-28 | .. |  | not_held
    2022-02-28 offer +; 2023-09 offer -; 2024-05 offer +; 2025-08-10 call +; 2025-09-24 offer -;
    2025-11-12 statement -

armenia-azerbaijan-2024 | Foreign ministers of Armenia and Azerbaijan in Almaty | Армения мен Әзербайжан сыртқы істер министрлері Алматыда | Министры иностранных дел Армении и Азербайджана в Алма-Ате
    mediation | 2024-04-15 | .. | venue | no_agreement
    2024-04-15 offer +; 2024-05-10 round +; 2024-09 offer -; 2024-12 statement ?; 2025-08 offer +
";

/// Two dozen cases from 1991 to 2026.
pub(super) fn timeline() -> Table {
    samples::timeline(CASES)
}

/// The roles of the same record by five periods.
pub(super) fn roles() -> Table {
    let lines: [RoleLine; 5] = [
        (4, 0, vec![1, 1, 2, 1, 2, 0]),
        (3, 1, vec![0, 1, 2, 0, 0, 0]),
        (7, 0, vec![0, 3, 4, 2, 1, 1]),
        (6, 1, vec![0, 2, 4, 3, 1, 0]),
        (4, 0, vec![0, 3, 1, 0, 0, 0]),
    ];
    roles_table(&samples::periods(), &samples::roles(), &lines)
}

/// The profile of the same record by five periods.
pub(super) fn profile() -> Table {
    let scale = samples::roles();
    let lines = [
        (
            8.3,
            3,
            1,
            16,
            "facilitation broker",
            [1, 1, 2, 1, 2, 0],
            (2, 3),
            (3, 3),
            (5, 15),
        ),
        (
            10.0,
            2,
            2,
            10,
            "venue facilitation",
            [0, 1, 2, 0, 0, 0],
            (1, 2),
            (1, 2),
            (8, 10),
        ),
        (
            5.0,
            7,
            0,
            29,
            "facilitation facilitation",
            [0, 3, 4, 2, 1, 1],
            (1, 7),
            (1, 7),
            (13, 29),
        ),
        (
            5.0,
            4,
            3,
            48,
            "venue venue",
            [0, 2, 4, 3, 1, 0],
            (2, 4),
            (3, 4),
            (30, 47),
        ),
        (
            6.2,
            2,
            3,
            32,
            "venue venue",
            [0, 3, 1, 0, 0, 0],
            (0, 2),
            (0, 2),
            (23, 31),
        ),
    ]
    .map(
        |(years, cases, offers, events, median, by_role, success, process, hosted)| ProfileLine {
            years,
            begun: (cases, Some(offers)),
            events,
            median: median.split_once(' ').unwrap(),
            by_role: by_role.to_vec(),
            success,
            process: Some(process),
            hosted,
        },
    );
    profile_table(&samples::periods(), &scale, &lines)
}
