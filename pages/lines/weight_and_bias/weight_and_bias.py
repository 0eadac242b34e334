"""Lines → Weight and bias: two parameters, and a bowl to walk down."""

from functools import partial

import streamlit as st

from core.charts.lines import weight_and_bias as player
from core.charts.panels import is_squeezed
from core.datasets import Samples
from core.lines import weight_and_bias as lesson
from core.lines.weight_and_bias import bowl, rates
from core.lines.weight_and_bias.facts import facts
from core.lines.weight_and_bias.program import program
from core.messages import InputError
from core.number import number, whole
from pages import asking
from pages.runs.keep_run import keep_run
from pages.shared import page
from pages.shared.charts.player import show_player
from pages.shared.charts.room import room
from pages.shared.control import switch
from pages.shared.data.line_data import USUAL, described, line_data
from pages.shared.descent import descent_controls, explain_divergence, tell_beforehand
from pages.shared.first_visit import compile_for_page
from pages.shared.frame import neighbours
from pages.shared.i18n import _, translator
from pages.shared.page import stop_with
from pages.taking import Texts, take_away

EXERCISES = asking.exercises_of(__file__)

FALLING = USUAL | {"wb_data": "reversed"}

st.title(_("Weight and bias"))
question = _("How are two parameters learned at once, and why is one direction learned so slowly?")
st.markdown(question)

arguments, below = descent_controls("wb", start_bias=True)
x, y = line_data(falling=True)
config = page.affordable(lesson.Config(**arguments), x.size)
plain = bowl.condition_number(x)
with st.sidebar:
    standardised = switch(
        _("Standardise x"),
        "wb_std",
        help=_("Subtract the mean of x and divide by its standard deviation."),
    )
if standardised:
    try:
        x = bowl.standardise(x)[0]
    except InputError as error:
        stop_with(error)
layout = room()
compile_for_page("lines/weight_and_bias")
history = lesson.train(x, y, config)
zone = rates.zone(x, config)
with below:
    tell_beforehand(
        rates.zones(x, config),
        zone,
        config,
        history,
        lowest=bowl.bowl_of(x, y).lowest,
        epoch_factor=rates.epoch_factor(x, config),
    )
samples = Samples(x, y)
found = facts(samples, config, history, zone)
guess = asking.prediction(EXERCISES, found, asking.Line(x, y, *history.params[-1].tolist()))

shown = show_player(
    player,
    player.tables(x, y, config, history, guess=guess, layout=layout, translate=translator()),
    key="weight_and_bias",
    alt=_(
        "Player: the loss over weight and bias as ellipses with the path of the descent, the line "
        "among the samples, the loss over {n} updates, and the numbers of the chosen step"
    ).format(n=whole(history.update[-1])),
    squeezed=is_squeezed(history),
    layout=layout,
)
page.presets(
    [
        (
            _("The narrow valley"),
            _("The full batch slides to the bottom of the valley at once, then creeps along it."),
            FALLING | {"wb_variant": "full", "wb_rate": 0.5, "wb_epochs": 100, "wb_std": False},
        ),
        (
            _("Standardise"),
            _("The same with standardised x: the bowl is round, and the path goes straight down."),
            FALLING | {"wb_variant": "full", "wb_rate": 0.3, "wb_epochs": 30, "wb_std": True},
        ),
        (
            _("Sorted samples run away"),
            _(
                "η = 0.7 suits the full batch, but sorted samples push the same way again and "
                "again."
            ),
            FALLING | {"wb_variant": "sgd", "wb_rate": 0.7, "wb_epochs": 15, "wb_std": False},
        ),
    ]
)

if history.diverged:
    with asking.outcome(EXERCISES):
        explain_divergence(history, config.learning_rate, rates.stable_limit(x, config))
data = {**described(), "standardised": standardised}
keep_run("lines/weight_and_bias", config, history, samples, data)
asking.questions(EXERCISES, found)
asking.challenges(EXERCISES, found)

st.header(_("Why the valley is long and narrow"))
explained = _(
    "Where all x lie on one side of 0, a change of w and one of b can nearly cancel: along "
    "that direction the loss hardly changes, across it steeply. The ratio of the two "
    "curvatures is the condition number: {plain} for x as it is, {now} for x as it is used "
    "now. The learning rate must suit the steep direction, and the flat one waits. "
    "Standardised x has mean 0: the ellipses become circles, and every direction is learned "
    "equally fast."
).format(plain=number(plain), now=number(bowl.condition_number(x)))
st.markdown(explained)
st.markdown(
    _(
        "In data order, sample by sample, the path does not end in the minimum, even where no "
        "single step overshoots: the samples that come last pull it their way, the same in every "
        "epoch, and it runs round a small loop beside the minimum. Shuffle, and it comes much "
        "closer."
    )
)

st.header(_("The formula"))
formulas = [formula.replace("error", _("error")) for formula in lesson.FORMULAS.values()]
for formula in formulas:
    st.latex(formula)
st.caption(_("The tutorial that this rung follows writes e for the loss L."))

page.code_that_ran(lesson.descend)

remember = _(
    "**To remember:** each parameter steps against its own partial derivative, both from the "
    "old values. How fast the run gets on is decided by the shape of the bowl, and the shape "
    "by the data: standardise them."
)
take_away(
    "weight_and_bias",
    history,
    samples,
    make=partial(program, samples, config, data),
    texts=Texts(_("Weight and bias"), question, formulas, explained, remember),
    player=shown,
)
st.info(remember, icon=":material/lightbulb:")
neighbours("pages/lines/weight_and_bias/weight_and_bias.py")
