"""Eight threads ask one assistant at once, and get what one thread gets."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assistant.service import Assistant
from assistant.types import Answer
from tests.assistant.test_service import questions


def test_eight_threads_get_the_answers_that_one_gets(portal_assistant: Assistant) -> None:
    def ask(question: str) -> Answer:
        return replace(portal_assistant.ask(question), took_ms=0)

    asked = questions()[:6]
    alone = [ask(question) for question in asked]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(ask, asked * 4))
    assert together == alone * 4
