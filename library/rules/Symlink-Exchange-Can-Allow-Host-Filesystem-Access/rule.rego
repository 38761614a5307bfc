# METADATA
# title: Symlink exchange (CVE-2021-25741)
# description: Containers with subPath mounts in a cluster where a kubelet follows a symbolic link that is exchanged in time.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Node]
#   needs: node-objects
package armo_builtins

import data.holdfast.lib.node
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some version in node.kubelet_versions
	vulnerable(version)
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some i, container in spec[list]
	some j, mount in container.volumeMounts
	some field in ["subPath", "subPathExpr"]
	within := mount[field]
	not within in {"", null}
	path := sprintf("%s.volumeMounts[%d].%s", [workload.container_path(obj, list, i), j, field])
	finding := {
		"alertMessage": sprintf("%s can reach its node's files through %s: a kubelet is open to CVE-2021-25741", [workload.container_label(obj, container), field]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [path],
		"noFix": "The application finds its data through this mount. Upgrade the kubelets to 1.19.15, 1.20.11, 1.21.5, 1.22.2 or later.",
	}
}

vulnerable(version) if version < [1, 19, 15]

vulnerable(version) if {
	version >= [1, 20]
	version < [1, 20, 11]
}

vulnerable(version) if {
	version >= [1, 21]
	version < [1, 21, 5]
}

vulnerable(version) if {
	version >= [1, 22]
	version < [1, 22, 2]
}
