/**
 * Speaks the protocol with one client each: commands, replies, heartbeats and the one write under way. Knows frames,
 * subscriptions and the backplane's port; knows neither Jetty nor Redis.
 */
@NullMarked
package io.fanwire.node.session;

import org.jspecify.annotations.NullMarked;
