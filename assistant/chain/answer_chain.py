"""The chain as one LangChain Runnable: condense → retrieve → answer → verify.

It takes an `Asked`. `stream` and `astream` give a `ClaimShown` for each claim that stands, then
exactly one `Answer`; `invoke`, `ainvoke` and `batch` give the `Answer`.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import cast

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from assistant.chain.asked import Asked, Drafted, Found
from assistant.chain.growing import Growing
from assistant.chain.steps import Steps
from assistant.chain.verify import Verification
from assistant.types import Answer, ClaimShown

AnswerChain = Runnable[Asked, ClaimShown | Answer]


def answer_chain(steps: Steps) -> AnswerChain:
    """Return the whole chain. Running it raises WrongUseError as `Steps.checked` does."""
    condense = RunnableLambda(steps.condense, name="condense")
    retrieve = RunnableLambda(steps.retrieve, name="retrieve")
    chain = condense | retrieve | verified_answer(steps)
    return chain.with_config(run_name="answer_chain")


def verified_answer(steps: Steps) -> Runnable[Found, ClaimShown | Answer]:
    """Return the chain's second half: answer → verify, of what is already retrieved.

    Verifying pulls the answer itself, instead of being fed it: LangChain reads a step's input to
    its end when the step's consumer goes away, which would let the model write on for nobody.
    """
    def write(found: Found, _: RunnableConfig) -> Generator[Drafted]:
        return steps.answer(found)

    answer = Growing(write, name="answer")

    def verify(found: Found, config: RunnableConfig) -> Generator[ClaimShown | Answer]:
        verification = Verification(steps.store)
        with closing(cast(Generator[Drafted], answer.stream(found, config))) as drafts:
            for drafted in drafts:
                yield from verification.take(drafted)

    return Growing(verify, name="verify")
