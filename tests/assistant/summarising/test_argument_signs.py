"""The signs of a sentence, and what they are worth together."""

import numpy as np

from assistant.danish.words import stems
from assistant.store.store import Store
from assistant.summarising.argument_signs import SIDES, read, reading, signs, term_table, terms
from assistant.summarising.material import material
from assistant.summarising.subject import subject
from tests.assistant.summarising.made import case

ASKED = "Administrationen indstiller, at cykelstien langs Havnevej anlægges."


def test_every_sign_has_its_worth(store: Store) -> None:
    made = case(indstilling=ASKED)
    names, table = signs(material(made, store), subject(made))
    assert set(names) == set(reading()["signs"])
    assert table.shape == (1, len(names))
    assert np.isfinite(table).all()


def test_a_side_scores_where_its_words_stand(store: Store) -> None:
    made = case(
        indstilling=ASKED,
        sagsfremstilling="Stien vil øge trygheden for skolebørn langs vejen.\n"
        "Vejen blev anlagt af amtet i 1961 og er 900 meter lang.\n"
        "Stien vil medføre øgede udgifter for kommunen hvert år.",
    )
    _, good, neither, bad = read(material(made, store), subject(made), "another model")
    assert good["fordel"] > max(neither["fordel"], bad["fordel"], good["ulempe"])
    assert bad["ulempe"] > max(neither["ulempe"], good["ulempe"], bad["fordel"])


def test_vectors_are_read_only_of_the_model_that_was_fitted_on(store: Store) -> None:
    made = case(indstilling=ASKED, sagsfremstilling="Stien er grøn. Vejen er lang. Broen er ny.")
    told, of = material(made, store), subject(made)
    assert read(told, of, reading()["model"]) != read(told, of, "another model")
    assert list(read(told, of, "another model")[0]) == list(SIDES)


def test_terms_are_stems_and_pairs_of_stems() -> None:
    first, second = stems("Stierne lukkes")
    assert terms("Stierne lukkes") == {first, second, f"{first} {second}"}


def test_a_term_tells_less_beside_others() -> None:
    [alone, beside] = term_table([frozenset({"sti"}), frozenset({"sti", "bro"})], ["sti", "bro"])
    assert alone[0] == 0.5
    assert 0 < beside[0] < alone[0]
