# 构建时需要软件包镜像，运行时不需要网络：docker run --rm --network none …
# Needs the package registries to build and no network to run.
FROM python:3.12-slim

# 读取 doc、wps、rtf 报告需要 LibreOffice，不读这些格式可用 --build-arg LIBREOFFICE="" 省去。
ARG LIBREOFFICE="libreoffice-writer-nogui"
RUN if [ -n "$LIBREOFFICE" ]; then \
        apt-get update && apt-get install -y --no-install-recommends $LIBREOFFICE && rm -rf /var/lib/apt/lists/*; \
    fi

WORKDIR /opt/fazhi-audit
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY documents documents
COPY rules rules
COPY checks checks
COPY audit audit
COPY outputs outputs
COPY history history
COPY flows flows
COPY cli cli
RUN pip install --no-cache-dir "uv>=0.9" \
    && uv sync --frozen --no-dev --no-editable --no-cache --compile-bytecode

RUN useradd --create-home --uid 10001 fazhi
USER fazhi
WORKDIR /data
ENV PATH="/opt/fazhi-audit/.venv/bin:$PATH" PYTHONUTF8=1 DO_NOT_TRACK=1
ENTRYPOINT ["fazhi-audit"]
CMD ["--help"]
