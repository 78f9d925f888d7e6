"""Step one of a comparison: the condition, with its card."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition
from explorer.ui.state import compare


def show(catalogue: Catalogue, chosen: str | None) -> Condition | None:
    """Let a reader choose a condition.

    Args:
        catalogue: the content.
        chosen: id of the condition that is kept, or None.

    Returns:
        The condition, or None while none is chosen; then a button for each is shown.
    """
    words = catalogue.words
    names = {item.id: _name(item) for item in catalogue.conditions}
    if chosen is None:
        st.markdown(words("compare.intro"))
        st.header(words("compare.condition-choose"), anchor=False)
        columns = st.columns(3)
        for position, condition in enumerate(catalogue.conditions):
            columns[position % 3].button(
                names[condition.id],
                key=f"compare.choose.{condition.id}",
                width="stretch",
                on_click=compare.choose_condition,
                args=(condition,),
            )
        return None
    compare.fields.seed(compare.CONDITION, chosen)
    with st.container(key="compare-options-condition"):
        picked = st.selectbox(
            words("compare.condition-label"),
            list(names),
            format_func=names.__getitem__,
            key=compare.CONDITION,
            placeholder=words("compare.condition-placeholder"),
        )
    condition = catalogue.condition(picked)
    card = "".join(f"<p>{escape(statement.text)}</p>" for statement in condition.card)
    st.html(f'<section class="ax-card"><h3>{escape(_name(condition))}</h3>{card}</section>')
    st.markdown(words("compare.decision", condition=condition.plain))
    return condition


def _name(condition: Condition) -> str:
    if condition.short == condition.name:
        return condition.name
    return f"{condition.name} ({condition.short})"
