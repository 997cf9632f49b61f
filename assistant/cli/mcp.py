"""`mcp`: the assistant as tools for a language model's client."""

from __future__ import annotations

from assistant.cli.app import As, app, opened


@app.command()
def mcp(role: As = None) -> int:
    """Stil assistenten til rådighed som værktøjer over MCP, på stdin og stdout."""
    from assistant.mcp.server import serve_stdio

    with opened(role) as assistant:
        assistant.warm_up()
        serve_stdio(assistant)
    return 0
