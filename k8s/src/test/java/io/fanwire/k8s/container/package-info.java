/**
 * What a node and the load job do in containers that are held as Kubernetes would hold them: the settings are read from
 * the rendered manifests, and Docker makes containers of them. Skipped where Docker does not answer.
 */
package io.fanwire.k8s.container;
