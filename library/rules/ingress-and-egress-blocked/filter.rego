# METADATA
# title: Workloads that network policies can isolate
# description: Counts workloads as judged, not the policies that they are judged by.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.workload

deny contains msg if {
	some obj in input
	workload.pod_spec(obj)
	msg := {
		"alertMessage": workload.label(obj),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [],
		"fixPaths": [],
	}
}
