# METADATA
# title: Secrets in the environment
# description: Containers that are given a Secret as environment variables, one by one or as a whole.
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
	some place in secrets(container)
	finding := {
		"alertMessage": sprintf("%s has Secret %v in its environment", [workload.container_label(obj, container), place.secret]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.%s", [workload.container_path(obj, list, i), place.path])],
		"noFix": workload.advice(list, "The application reads the variable: it has to learn to read a file first. Then mount the Secret, and take the variable away."),
	}
}

secrets(container) := array.concat(
	[{"path": sprintf("env[%d].name", [j]), "secret": name_of(variable.valueFrom.secretKeyRef)} | some j, variable in container.env],
	[{"path": sprintf("envFrom[%d].secretRef", [j]), "secret": name_of(source.secretRef)} | some j, source in container.envFrom],
)

name_of(reference) := object.get(reference, "name", "without a name")
