from collections.abc import Iterable
from itertools import chain

import pytest

from assistant.danish.lists import word_groups, word_list
from assistant.danish.words import stem


def test_a_group_is_a_line_of_words_with_commas_between() -> None:
    assert ("plejehjem", "plejecenter", "ældrecenter") in word_groups("synonyms")


def test_comments_and_empty_lines_are_no_groups() -> None:
    words = list(chain.from_iterable(word_groups("synonyms")))
    assert words
    assert all(word and word == word.strip() and "#" not in word for word in words)


@pytest.mark.parametrize("group", word_groups("synonyms"), ids="/".join)
def test_a_group_has_at_least_two_different_words(group: Iterable[str]) -> None:
    assert len({stem(word) for word in group}) > 1


def test_a_list_is_read_from_the_same_folder_without_comments() -> None:
    words = word_list("function_words")
    assert "hvad" in words
    assert not any("#" in word for word in words)
