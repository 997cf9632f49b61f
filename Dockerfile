# syntax=docker/dockerfile:1
# The assistant with its embedding model unpacked: at run time nothing is fetched.
# Build and start: docker compose up --build --detach. Build alone: docker build -t agenda-assistant .

FROM python:3.11-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/assistant
ENV PATH=/opt/assistant/bin:$PATH

# The libraries by themselves: they change less often than the code. constraints.txt holds torch to
# one version; name an index of CPU builds as TORCH_INDEX where pip would bring the CUDA one.
# EXTRA is a language model's client, if one is to be used: openai, azure, ollama or mistral.
COPY pyproject.toml constraints.txt ./
ARG EXTRA=openai
ARG TORCH_INDEX=
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
print(*p['dependencies'], *p['optional-dependencies']['${EXTRA}'], sep='\n')" > requirements.txt \
    && pip install -c constraints.txt ${TORCH_INDEX:+--index-url "${TORCH_INDEX}"} torch \
    && pip install -c constraints.txt -r requirements.txt

COPY LICENSE README.md ./
COPY assistant assistant
COPY ingest ingest
COPY prompts prompts
COPY ui ui
COPY data data
RUN pip install --no-deps . \
    && ASSISTANT_MODELS=/opt/models python -c "from assistant.settings import Settings; \
from assistant.store.embedding import loaded; loaded('', Settings().models_folder, True)"


FROM python:3.11-slim-bookworm

COPY --from=build /opt/assistant /opt/assistant
COPY --from=build /opt/models /opt/models
RUN groupadd --gid 10001 assistant \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin assistant \
    && install -d -o assistant -g assistant /data

ENV PATH=/opt/assistant/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    HF_HUB_OFFLINE=1 \
    ASSISTANT_HOME=/data \
    ASSISTANT_MODELS=/opt/models

# Everything that is written lies here (and what is passing in /tmp): the root may be read-only.
VOLUME /data
USER 10001:10001
WORKDIR /data
EXPOSE 8000

# Alive is not ready: /readyz is for whoever sends it calls.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz')"]

ENTRYPOINT ["assistant"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
