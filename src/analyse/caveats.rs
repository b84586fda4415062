//! What every reader must be told, in the same words wherever it applies.

use super::selection::Selection;
use crate::model::label::Label;

/// What a record of mediations cannot show: stands under every table that says how talks ended, on
/// every page, and in every figure drawn from such a table.
pub const SELECTION: Label = Label::new(
    "Only what became a mediation or an offer is in the record, so a share of successes describes these cases and is no effect of the mediator, a role or a period.",
    "Дерекке тек медиацияға немесе ұсынысқа айналғандар кіреді, сондықтан табыс үлесі осы жағдайларды сипаттайды және медиатордың, рөлдің немесе кезеңнің әсері емес.",
    "В записи есть только то, что стало посредничеством или предложением, поэтому доля успехов описывает эти случаи и не является эффектом посредника, роли или периода.",
);

/// Whose parties they are where somebody asks about one mediator.
const WHOLE_CASE: Label = Label::new(
    "Parties are those of the whole case, whoever mediated between them.",
    "Тараптар – кім делдал болғанына қарамастан, бүкіл жағдайдың тараптары.",
    "Стороны – это стороны всего случая, кто бы между ними ни посредничал.",
);

/// Why a view of an earlier day may know too much of parties.
const UNDATED: Label = Label::new(
    "Parties are not dated: a view of an earlier day has those of its cases that came later, too.",
    "Тараптардың күні жоқ: ертерек күннің көрінісінде оның жағдайларына кейін қосылғандар да бар.",
    "Стороны не датированы: вид на более ранний день содержит и тех, кто присоединился к его случаям позже.",
);

/// What to know of the parties of a selection.
pub(super) fn parties(selection: &Selection) -> Vec<Label> {
    let whole = selection.question.mediator.as_ref().map(|_| WHOLE_CASE);
    [UNDATED].into_iter().chain(whole).collect()
}
