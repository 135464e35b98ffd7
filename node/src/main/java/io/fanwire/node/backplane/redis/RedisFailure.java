package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.namespace.UnknownNamespaceException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a failed call to Redis means for whoever asked. */
final class RedisFailure {
    private static final List<String> UNABLE_TO_WRITE =
            List.of("NOREPLICAS", "OOM", "MISCONF", "CLUSTERDOWN", "MASTERDOWN");

    private RedisFailure() {}

    static BackplaneException notConnected() {
        return new BackplaneException(Kind.UNAVAILABLE, "not connected to Redis");
    }

    /** Says whether something may have been done: everything that is not known to have had no effect may have. */
    static BackplaneException translate(Throwable failure) {
        Throwable e = BackplaneException.unwrap(failure);
        if (e instanceof BackplaneException known) return known;
        if (e instanceof CallNotPermittedException) {
            return new BackplaneException(Kind.UNAVAILABLE, "Redis has stopped answering");
        }
        if (e instanceof UnknownNamespaceException) {
            return new BackplaneException(Kind.FAILED, String.valueOf(e.getMessage()));
        }
        if (e instanceof RejectedExecutionException) {
            // The timer ends after the connections.
            return new BackplaneException(Kind.UNAVAILABLE, "the backplane is closed");
        }
        if (e instanceof TimeoutException) return new BackplaneException(Kind.TIMEOUT, "no answer from Redis in time");
        if (isTransientRefusal(e)) return new BackplaneException(Kind.UNAVAILABLE, "Redis refuses: " + e.getMessage());
        if (e instanceof RedisCommandExecutionException) {
            return new BackplaneException(Kind.FAILED, "Redis refuses: " + e.getMessage());
        }
        return unanswered(String.valueOf(e.getMessage()));
    }

    /** Whether another attempt right away may do better. Who has waited for the whole time limit has waited enough. */
    static boolean isWorthRepeating(Throwable failure) {
        Throwable e = BackplaneException.unwrap(failure);
        if (e instanceof CallNotPermittedException || e instanceof TimeoutException) return false;
        Kind kind = translate(e).kind();
        return kind == Kind.UNAVAILABLE || kind == Kind.TIMEOUT;
    }

    /**
     * Whether it speaks against Redis' health, so that it is better not called for a while. A lost connection doesn't:
     * nothing is sent until there is a new one, and then all is well at once.
     */
    static boolean isSick(Throwable failure) {
        Throwable e = BackplaneException.unwrap(failure);
        return e instanceof TimeoutException || isTransientRefusal(e);
    }

    /** Whether it says nothing of Redis' health: the call was never made, or its connection was lost. */
    static boolean isMoot(Throwable failure) {
        return !isSick(failure) && !(BackplaneException.unwrap(failure) instanceof RedisCommandExecutionException);
    }

    /** Whether a connection that failed is worth waiting for: {@link Kind#UNAVAILABLE}, or {@link Kind#FAILED} where not. */
    static Kind kindOfConnecting(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (isLasting(e)) return Kind.FAILED;
        }
        return Kind.UNAVAILABLE;
    }

    /** The innermost cause, in one line. */
    static String rootCause(Throwable failure) {
        Throwable e = failure;
        while (e.getCause() != null && e.getCause() != e) e = e.getCause();
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** Whether Redis answers that it can't do this now: what an operator, a failover or a moment mends. */
    static boolean isTransientRefusal(Throwable failure) {
        Throwable e = BackplaneException.unwrap(failure);
        return isReadOnly(e)
                || e instanceof RedisLoadingException
                || e instanceof RedisBusyException
                || isUnableToWrite(e);
    }

    /** Whether it is somebody's replica. */
    static boolean isReadOnly(Throwable failure) {
        Throwable e = BackplaneException.unwrap(failure);
        return e instanceof RedisReadOnlyException || says("READONLY", e);
    }

    /** What no time mends: a wrong password, a certificate that nobody trusts, a Redis that can't do what is needed. */
    private static boolean isLasting(Throwable e) {
        if (e instanceof BackplaneException known) return known.kind() == Kind.FAILED;
        if (e instanceof RedisCommandExecutionException) return !isTransientRefusal(e) && !says("ERR max number", e);
        return e instanceof GeneralSecurityException || e instanceof NotSslRecordException || isAlert(e);
    }

    /** The other side has broken the TLS handshake off by itself, with a reason such as a missing certificate. */
    private static boolean isAlert(Throwable e) {
        return e instanceof SSLException && String.valueOf(e.getMessage()).contains("fatal alert");
    }

    /** No replicas, no memory, no disk, no master: what an operator or a failover mends. */
    private static boolean isUnableToWrite(Throwable e) {
        return UNABLE_TO_WRITE.stream().anyMatch(code -> says(code, e));
    }

    private static boolean says(String code, Throwable e) {
        String message = String.valueOf(e.getMessage());
        // Before version 7 what a script met stands behind words of its own.
        return e instanceof RedisCommandExecutionException
                && (message.startsWith(code) || message.contains(" -" + code + " "));
    }

    /** Lettuce tells these cases apart by their messages only. */
    private static BackplaneException unanswered(String message) {
        if (message.startsWith("Currently not connected")) {
            return notConnected();
        }
        if (message.contains("size exceeded")) {
            return new BackplaneException(Kind.OVERLOADED, "too many calls wait for Redis");
        }
        return new BackplaneException(Kind.TIMEOUT, "the connection to Redis was lost before its answer: " + message);
    }
}
