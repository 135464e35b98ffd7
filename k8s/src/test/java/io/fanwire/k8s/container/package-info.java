/**
 * What a node does in a container that is held as Kubernetes would hold it: the settings are read from the rendered
 * manifests, and Docker makes a container of them. Skipped where Docker does not answer.
 */
package io.fanwire.k8s.container;
