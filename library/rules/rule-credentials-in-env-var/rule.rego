# METADATA
# title: Credentials in environment variables
# description: Containers with a credential written into their environment, or a whole secret poured into it.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [sensitiveKeyNames, sensitiveKeyNamesAllowed, sensitiveValues, sensitiveValuesAllowed]
package armo_builtins

import data.holdfast.lib.credential
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	some j, variable in container.env
	credential.held(variable.name, variable.value)
	path := sprintf("%s.env[%d]", [workload.container_path(obj, list, i), j])
	finding := {
		"alertMessage": sprintf("%s has a credential written into %v", [workload.container_label(obj, container), variable.name]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.name", [path]), sprintf("%s.value", [path])],
		"noFix": "The application reads this variable. Put the value into a Secret, change it since it has been seen, and have the container read it from a mounted file.",
	}
}

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	some j, source in container.envFrom
	source.secretRef != null
	finding := {
		"alertMessage": sprintf("%s has a whole secret in its environment", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.envFrom[%d].secretRef", [workload.container_path(obj, list, i), j])],
		"noFix": "The application reads these variables. Mount the secret as files, or take over with secretKeyRef only the keys that it needs.",
	}
}
