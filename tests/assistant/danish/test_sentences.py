"""Where a Danish sentence ends. `|` marks the border that is wanted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.danish.sentences import sentences

CASES = [
    "Sagen er godkendt.| Udvalget tog orienteringen til efterretning.",
    "Der afsættes 5 mio. kr.| Det betyder, at budgettet holder.",
    "Der afsættes 5 mio. kr. til drift.",
    "Der afsættes 5 mio. Kr. til drift.",
    "Der afsættes 0,214 mio.kr.| Til sammenligning var det 1 i 2020.",
    "Merforbruget er 13,657 mio.  kr.| Dertil kommer anlæg.",
    "Prisen er 40.000 kr.| Når stigningen fortsætter, søges der.",
    "Prisen er 500 t.kr.| Forvaltningen anbefaler det.",
    "Stole, borde m.v.| Forvaltningen indstiller det.",
    "Stole, borde mv. og lamper.",
    "Lys, bænke osv.| Der er søgt om mere.",
    "Legepladser m.m.| Børnene har ønsket det.",
    "Asfalt ol.| Administrationen vurderer det.",
    "Stigningen er 14,9 pct.| Kommunen betaler.",
    "Det er jf. Planloven et krav.",
    "Se pkt. 4 og bilag nr. 3 herom.",
    "Lokalplan nr. 14.58 for Greve.",
    "Det koster ca. 4 mio. kr. pr. år.",
    "Kørsel bl.a. Uber og taxa.",
    "Byer, f.eks. Greve og Solrød.",
    "Midlerne går til hhv. Børn og Kultur.",
    "Lånoptag vedr. Covid-19 på 9,6 mio. kr.",
    "Punktet bliver evt. Udskudt.",
    "Mødet holdes kl. 12.30 i salen.",
    "Det sker d. 8. februar 2022 i byrådet.",
    "Mødet er den 28. august 2024.| Der er frist før.",
    "Mødet er den 28. August 2024.",
    "Frist den 1. januar.| Derefter lukkes der.",
    "I 3. kvartal 2020 steg det.",
    "I 1. Kvartal 2021 faldt det.",
    "ØU - 1. Behandling af budget.",
    "Under 2. Verdenskrig blev den bygget.",
    "Den 18.-19. november holdes kursus.",
    "1. Godkendt.",
    "1. Godkendt.| 2. Ikke godkendt.",
    "2.-4. Anbefales.",
    "1.-3. Godkendt",
    "Ad 2. Udvalget indstiller det.",
    "Pkt. 4. Forvaltningen bemærker det.",
    "a. Interessentskabets formål er drift.",
    "A. Godkendt.",
    "Tabel 1. Hovedtal for 2022.",
    "John T. Olsen stemte imod.",
    "Fonden er A.P. Møller Fonden.",
    "H.C. Andersens vej 4.",
    "Imod stemte F og Ø.| Socialdemokratiet undlod.",
    "Vi vælger model A.| Forvaltningen går videre.",
    "Det er scenarie B.| Det koster mere.",
    "Budgettet gælder i 2022.| Kommunen har sparet.",
    "Det er 2,5.| Tallet stiger.",
    "Det fremgår af side 32.| Der skal gøres mere.",
    "Det fremgår af bilag 1.| De to arealer er små.",
    "Det følger af § 35.| Kommunen afgør det.",
    "Det følger af § 35, stk. 4.| Der er ikke klaget.",
    "Hvad koster det?| Det koster 5 kr.",
    "Hurra!| Det lykkedes.",
    "Han sagde: »Det går.«| Så gik han.",
    "Det er kendt (jf. bilag 2).| Endvidere er det vedlagt.",
    "Arealerne er små.| (Jf. bilag 2).| I det videre forløb ses på dem.",
    "Der afsættes 40 mio. kr. (i 2022-priser) til skoler.",
    "Der er valgt formand.| 3 medlemmer stemte imod.",
    "Status på punktet.....8",
    "Status på punktet..... 8",
    "Udsigt over Ll. Vejlesø og skoven.",
    "Leverandøren er Renovation A/S.| Det giver en indtægt.",
    "Selskabet er et a.m.b.a.| Det ejes af borgerne.",
    "Det tager 10 min.| Derefter lukkes der.",
    "Se www.greve.dk for mere.| Her er det hele.",
    "Skriv til post@greve.dk.| Der svares hurtigt.",
    "Det sker i høj grad.|Tre temaer er valgt.",
    "Direktør v. Komponent taler.",
    "Borgmester m.fl. deltog.",
    "Renovering af gl. Hovedgade.",
    "En dagligvarebutik på max. 1.200 m2.",
    "Første linje\n| anden linje uden punktum\n| tredje.",
    "Løn m.v.\t5.894\t8.010",
    "Beløb i 1.000 kr.\tBudget",
    "Det gælder Skt. Hans og dr. Hansen.",
    "Udgifter inkl. Moms er 5 kr.",
    "Arealet (delnr. 1) er stort.",
    "Det blev besluttet den. 20. september 2021.",
    "Bussen er en 400S.| Den kører i dag.",
    "Kørsel pr. km. frem for tid.",
    "Det sluttede …| Så begyndte det igen.",
    "Det sluttede ... og begyndte igen.",
]


@pytest.mark.parametrize("marked", CASES)
def test_borders(marked: str) -> None:
    text = marked.replace("|", "")
    wanted = [part.strip() for part in marked.split("|")]
    assert [text[span.start : span.end] for span in sentences(text)] == wanted


@given(st.text() | st.text(alphabet="aA1 .,!?\n\t()kr§-"))
def test_sentences_cover_the_text(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert not text[end : span.start].strip()
        assert span.start < span.end
        part = text[span.start : span.end]
        assert part == part.strip()
        assert "\n" not in part
        end = span.end
    assert not text[end:].strip()


@pytest.mark.parametrize("piece", [".", "(.", "a.", "1.", "kr. ", "A.", " ", "1. og ", '.")'])
def test_long_runs_take_linear_time(piece: str) -> None:
    started = time.perf_counter()
    sentences(piece * 40_000)
    assert time.perf_counter() - started < 3
