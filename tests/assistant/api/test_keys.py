from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.access import Role
from assistant.api.keys import KeyRing, add_key, given_keys, revoke_key
from assistant.errors import WrongUseError
from assistant.store.catalogue import Catalogue


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "catalogue.sqlite3")


def test_a_key_is_long_readable_in_front_and_kept_as_a_hash(catalogue: Catalogue) -> None:
    key, stored = add_key(catalogue, "portalen", Role.MEMBER)
    mark, key_id, secret = key.split("_", 2)
    assert (mark, key_id) == ("agenda", stored.id)
    assert len(secret) == 43
    assert secret not in repr(catalogue.api_keys())
    assert KeyRing(catalogue, []).find(key) == stored


def test_a_key_needs_a_name_of_its_own_and_a_day_to_come(catalogue: Catalogue) -> None:
    add_key(catalogue, "portalen", Role.MEMBER)
    with pytest.raises(WrongUseError, match="allerede en nøgle"):
        add_key(catalogue, "portalen", Role.ADMIN)
    with pytest.raises(WrongUseError, match="skal have et navn"):
        add_key(catalogue, " ", Role.ADMIN)
    with pytest.raises(WrongUseError, match="allerede gået"):
        add_key(catalogue, "sen", Role.ADMIN, date.today() - timedelta(days=1))
    revoke_key(catalogue, "portalen")
    with pytest.raises(WrongUseError, match="ingen nøgle"):
        revoke_key(catalogue, "portalen")
    add_key(catalogue, "portalen", Role.MEMBER)


def test_the_setting_tells_keys_with_their_role() -> None:
    found = given_keys("admin:0123456789abcdef, abcdef0123456789\ncleared:fedcba9876543210")
    assert [key.role for key in found] == ["admin", "member", "cleared"]


@pytest.mark.parametrize("setting", ["kort", "admin:kort", "memebr:0123456789abcdef", "admin:"])
def test_a_setting_that_would_not_be_what_was_meant_is_refused(setting: str) -> None:
    with pytest.raises(WrongUseError, match="ASSISTANT_API_KEYS"):
        given_keys(setting)


@pytest.mark.parametrize("presented", ["", "agenda", "agenda__", "agenda_x_y", "\udcff", "æ" * 999])
def test_what_is_no_key_opens_nothing(catalogue: Catalogue, presented: str) -> None:
    add_key(catalogue, "portalen", Role.MEMBER)
    assert KeyRing(catalogue, []).find(presented) is None
