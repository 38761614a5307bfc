# METADATA
# title: Managed clusters that have PodSecurityPolicy
# description: Leaves out clusters of Kubernetes 1.25 and later, where PodSecurityPolicy doesn't exist.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.cloud

deny contains msg if {
	some cluster in input
	cluster.kind == "ClusterDescribe"
	not cloud.without_pod_security_policy(cluster)
	msg := {
		"alertMessage": cloud.label(cluster),
		"alertObject": {"k8sApiObjects": [cluster]},
		"failedPaths": [],
		"fixPaths": [],
	}
}
