# METADATA
# title: ingress-nginx past its end of life
# description: Finds workloads that run the ingress-nginx controller, which is no longer maintained in any version.
# scope: package
# custom:
#   kinds: [apps/Deployment, apps/DaemonSet, apps/StatefulSet]
package armo_builtins

import rego.v1

import data.holdfast.lib.ingress_nginx
import data.holdfast.lib.workload

deny contains msg if {
	some obj in input
	some i, container in workload.pod_spec(obj).containers
	ingress_nginx.runs_controller(container)
	path := sprintf("%s.image", [workload.container_path(obj, "containers", i)])
	msg := {
		"alertMessage": sprintf("%s runs the ingress-nginx controller, which no longer gets security fixes", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "No version of the controller is maintained: move to another ingress controller or to an implementation of the Gateway API.",
	}
}
