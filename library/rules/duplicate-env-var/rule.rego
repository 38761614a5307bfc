# METADATA
# title: Variables that are set twice
# description: Containers with an environment variable that their list sets more than once, so that only the last one counts.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	some j, variable in container.env
	some k, other in container.env
	k != j
	other.name == variable.name
	not variable.name in {"", null}
	finding := {
		"alertMessage": sprintf("%s sets the variable %v more than once", [workload.container_label(obj, container), variable.name]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [sprintf("%s.env[%d].name", [workload.container_path(obj, list, i), j])],
		"noFix": workload.advice(list, "Only its author knows which value was meant. The last one is what the application gets now: keep that to change nothing."),
	}
}
