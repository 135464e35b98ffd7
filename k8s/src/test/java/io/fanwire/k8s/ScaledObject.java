package io.fanwire.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * KEDA's object, as KEDA 2.17 and later have it (keda.sh/docs, "ScaledObject specification"), for there are no types of
 * KEDA's for Java. What these manifests have no use for is there, too, so that it may be added.
 */
record ScaledObject(
        @JsonProperty(required = true) String apiVersion,
        @JsonProperty(required = true) String kind,
        @JsonProperty(required = true) ObjectMeta metadata,
        @JsonProperty(required = true) Spec spec) {

    record Spec(
            @JsonProperty(required = true) Target scaleTargetRef,
            @Nullable Integer pollingInterval,
            @Nullable Integer cooldownPeriod,
            @Nullable Integer initialCooldownPeriod,
            @Nullable Integer idleReplicaCount,
            @Nullable Integer minReplicaCount,
            @Nullable Integer maxReplicaCount,
            @Nullable Fallback fallback,
            @Nullable Advanced advanced,
            @JsonProperty(required = true) List<Trigger> triggers) {}

    record Target(
            @Nullable String apiVersion,
            @Nullable String kind,
            @JsonProperty(required = true) String name,
            @Nullable String envSourceContainerName) {}

    record Fallback(
            @JsonProperty(required = true) Integer failureThreshold,
            @JsonProperty(required = true) Integer replicas,
            @Nullable Behavior behavior) {}

    /** What the number of replicas is while a trigger fails. */
    enum Behavior {
        @JsonProperty("static")
        STATIC,
        @JsonProperty("currentReplicas")
        CURRENT_REPLICAS,
        @JsonProperty("currentReplicasIfHigher")
        CURRENT_REPLICAS_IF_HIGHER,
        @JsonProperty("currentReplicasIfLower")
        CURRENT_REPLICAS_IF_LOWER
    }

    record Advanced(
            @Nullable Autoscaler horizontalPodAutoscalerConfig,
            @Nullable Boolean restoreToOriginalReplicaCount,
            @Nullable Modifiers scalingModifiers) {}

    record Autoscaler(
            @Nullable HorizontalPodAutoscalerBehavior behavior,
            @Nullable String name) {}

    record Modifiers(
            @Nullable String formula,
            @Nullable String target,
            @Nullable String activationTarget,
            @Nullable String metricType) {}

    record Trigger(
            @JsonProperty(required = true) String type,
            @JsonProperty(required = true) Map<String, String> metadata,
            @Nullable String name,
            @Nullable Boolean useCachedMetrics,
            @Nullable Authentication authenticationRef,
            @Nullable MetricType metricType) {}

    record Authentication(
            @JsonProperty(required = true) String name,
            @Nullable String kind) {}

    /** As an autoscaler has them. */
    enum MetricType {
        @JsonProperty("AverageValue")
        AVERAGE_VALUE,
        @JsonProperty("Value")
        VALUE,
        @JsonProperty("Utilization")
        UTILIZATION
    }
}
