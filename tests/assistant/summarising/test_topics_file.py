"""Files of topics that cannot be used."""

from pathlib import Path

import pytest

from assistant.summarising.topics_file import TopicsFileError, read_topics
from tests.assistant.summarising.test_topics import OWN, file


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- navn: [", "gyldig YAML"),
        ("", "en liste af emner"),
        ("[]", "en liste af emner"),
        ("navn: Havn", "en liste af emner"),
        ("- Havn", "en liste af emner"),
        ("- navn: Havn", "emne nr. 1 skal være en tekst (»beskrivelse«)"),
        (OWN + "- navn: Havn\n  beskrivelse: Igen.", "emnet »Havn« står der to gange"),
        (OWN.replace('["08"]', "[8]"), "emne nr. 1 skal være en liste af hovedgrupper"),
        (OWN.replace('["08"]', '["08.01"]'), "emne nr. 1 skal være en liste af hovedgrupper"),
        (OWN.replace('"*skib"', '"to ord"'), "emne nr. 1 skal være en liste af enkelte ord"),
        (OWN.replace('"*skib"', "u-båd"), "emne nr. 1 skal være en liste af enkelte ord"),
        (OWN.replace('"*skib"', '"*"'), "emne nr. 1 skal være en liste af enkelte ord"),
        (OWN.replace("ord:", "farve:"), "emne nr. 1 findes ikke som felt (»farve«)"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(TopicsFileError) as told:
        read_topics(file(tmp_path, text))
    assert why in str(told.value)
    assert "ASSISTANT_TOPICS" in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TopicsFileError, match=r"kan ikke læses.*ASSISTANT_TOPICS"):
        read_topics(tmp_path / "findes-ikke.yaml")
    (tmp_path / "latin.yaml").write_bytes("navn: Økonomi".encode("latin-1"))
    with pytest.raises(TopicsFileError, match="UTF-8"):
        read_topics(tmp_path / "latin.yaml")
