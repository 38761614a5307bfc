# METADATA
# title: Windows containers on the host
# description: Windows pods and containers that run as processes of their node.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	spec.securityContext.windowsOptions.hostProcess == true
	path := sprintf("%s.securityContext.windowsOptions.hostProcess", [workload.pod_path(obj)])
	finding := finding_at(obj, path, sprintf("%s runs on the host itself", [workload.label(obj)]))
}

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	container.securityContext.windowsOptions.hostProcess == true
	path := sprintf("%s.securityContext.windowsOptions.hostProcess", [workload.container_path(obj, list, i)])
	finding := finding_at(obj, path, sprintf("%s runs on the host itself", [workload.container_label(obj, container)]))
}

finding_at(obj, path, message) := {
	"alertMessage": message,
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": [path],
	"fixPaths": [{"path": path, "value": false}],
}
