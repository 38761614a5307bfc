# METADATA
# title: Volumes beyond restricted
# description: Workloads with volumes whose source is none of those that the Pod Security Standard restricted knows.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some i, volume in workload.pod_spec(obj).volumes
	some source, settings in volume
	source != "name"
	settings != null
	not source in pod_security_standard.volume_types
	finding := {
		"alertMessage": sprintf("%s has volume %v from the source %s", [workload.label(obj), object.get(volume, "name", "without a name"), source]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.volumes[%d].%s", [workload.pod_path(obj), i, source])],
		"noFix": "Where the data is to live instead is a decision: a PersistentVolumeClaim keeps it, an emptyDir doesn't, and what is only read fits a ConfigMap or a Secret.",
	}
}
