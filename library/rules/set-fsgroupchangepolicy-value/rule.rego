# METADATA
# title: No policy for a change of group
# description: Pods that give their volumes a group without saying when its files are changed to it.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	is_number(spec.securityContext.fsGroup)
	not has_policy(spec)
	finding := {
		"alertMessage": sprintf("%s doesn't say when its volumes are given to their group", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": sprintf("%s.securityContext.fsGroupChangePolicy", [workload.pod_path(obj)]), "value": "Always"}],
	}
}

has_policy(spec) if spec.securityContext.fsGroupChangePolicy in {"Always", "OnRootMismatch"}
