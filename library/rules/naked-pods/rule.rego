# METADATA
# title: Pods without a controller
# description: Pods that nothing makes anew when they or their node are gone.
# scope: package
# custom:
#   kinds: [Pod]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "Pod"
	not owned(obj)
	not static(obj)
	finding := {
		"alertMessage": sprintf("%s belongs to no controller", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"noFix": "The pod becomes the template of a Deployment, a StatefulSet, a DaemonSet or a Job: which one fits depends on what it does.",
	}
}

owned(pod) if count(pod.metadata.ownerReferences) > 0

# What the API server shows of a pod that the kubelet runs, and restarts, from a file of its node.
static(pod) if pod.metadata.annotations["kubernetes.io/config.mirror"]
