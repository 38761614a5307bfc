# METADATA
# title: Unmasked /proc
# description: Containers that do not ask for the masked /proc, where the API server lets them choose.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, hostdata.kubescape.cloud/ControlPlaneInfo]
#   needs: host-data
package armo_builtins

import data.holdfast.lib.feature_gate
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	feature_gate.enabled("ProcMountType")
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not container.securityContext.procMount == "Default"
	fixes := [{"path": sprintf("%s.securityContext.procMount", [workload.container_path(obj, list, i)]), "value": "Default"}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s doesn't ask for the masked /proc", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
