"""The way from a question to its answer as one LangChain Runnable, and its retriever."""
