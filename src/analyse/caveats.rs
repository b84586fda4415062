//! What every reader must be told, in the same words wherever it applies.

use crate::model::label::Label;

/// What a record of mediations cannot show: stands under every table that says how talks ended, on
/// every page, and in every figure drawn from such a table.
pub const SELECTION: Label = Label::new(
    "Only what became a mediation or an offer is in the record, so a share of successes describes these cases and is no effect of the mediator, a role or a period.",
    "Дерекке тек медиацияға немесе ұсынысқа айналғандар кіреді, сондықтан табыс үлесі осы жағдайларды сипаттайды және медиатордың, рөлдің немесе кезеңнің әсері емес.",
    "В записи есть только то, что стало посредничеством или предложением, поэтому доля успехов описывает эти случаи и не является эффектом посредника, роли или периода.",
);

/// Why a view of an earlier day may know too much of parties.
pub(super) const UNDATED: Label = Label::new(
    "Parties are not dated: a view of an earlier day has those of its cases that came later, too.",
    "Тараптардың күні жоқ: ертерек күннің көрінісінде оның жағдайларына кейін қосылғандар да бар.",
    "Стороны не датированы: вид на более ранний день содержит и тех, кто присоединился к его случаям позже.",
);
