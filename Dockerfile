# The images of Fanwire: `node`, which is the default, and `load`. Both ways, in the root of the repository:
#
#   mvn -q -Dmaven.test.skip package && docker build -t fanwire-node .
#     from jars built on this machine: nothing in it needs a network
#   docker build --build-arg BUILDER=maven:3-eclipse-temurin-25 -t fanwire-node .
#     from the sources, with Maven in a container
#
# One file, for one build of the jars serves both. It keeps to what Docker's old builder knows, too.
ARG BUILDER=eclipse-temurin:25-jre
ARG JRE=eclipse-temurin:25-jre

FROM ${BUILDER} AS jars
WORKDIR /src
COPY . .
RUN sh docker/jars

# No user is made: a number is enough for the kernel, Kubernetes wants one anyway, and no layer then depends on the day it
# was made. Not 1000, which is people's.
FROM ${JRE} AS load
COPY --from=jars /image/loadtest/lib /
COPY --from=jars /image/loadtest/own /
COPY --from=jars /image/loadtest/app /
# A volume that is mounted here for the first time takes over whose it is.
COPY --from=jars --chown=10001:10001 /image/results /
LABEL org.opencontainers.image.title="fanwire-load" \
    org.opencontainers.image.description="The load tool of Fanwire" \
    org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
WORKDIR /results
ENTRYPOINT ["/opt/fanwire/load"]
CMD ["--help"]

FROM ${JRE} AS node
# What changes least comes first.
COPY --from=jars /image/node/lib /
COPY --from=jars /image/node/own /
COPY --from=jars /image/node/app /
WORKDIR /opt/fanwire
# One start on trial, without a network, makes a cache of loaded classes: nodes start in half the time. It differs from
# build to build, so that it is the last layer.
RUN FANWIRE_HOST=127.0.0.1 FANWIRE_PORT=0 FANWIRE_ADMIN_PORT=0 FANWIRE_EXIT_ON_STDIN_CLOSE=true \
    timeout 120 java @/opt/fanwire/jvm.options -XX:-UsePerfData -XX:AOTCacheOutput=/opt/fanwire/fanwire-node.aot \
    -jar /opt/fanwire/fanwire-node.jar </dev/null
LABEL org.opencontainers.image.title="fanwire-node" \
    org.opencontainers.image.description="A node of Fanwire: clients on 8080, operators on 9090" \
    org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
EXPOSE 8080 9090
# bash asks by itself: the image has neither curl nor wget, and a JVM per question would cost more than the node.
HEALTHCHECK --interval=2s --timeout=2s --start-period=30s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/${FANWIRE_ADMIN_HOST:-${FANWIRE_HOST:-127.0.0.1}}/${FANWIRE_ADMIN_PORT:-9090} && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# Half of the container's memory for the heap: sockets, buffers and the JVM itself need the other. -Xmx goes over it:
# set JDK_JAVA_OPTIONS=-Xmx… . A cache that does not fit these options is not used, and nothing to talk about.
ENTRYPOINT ["java", "@/opt/fanwire/jvm.options", "-XX:MaxRAMPercentage=50", \
    "-XX:AOTCache=/opt/fanwire/fanwire-node.aot", "-Xlog:aot*=off,cds*=off", "-jar", "/opt/fanwire/fanwire-node.jar"]
