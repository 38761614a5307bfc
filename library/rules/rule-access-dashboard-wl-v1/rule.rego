# METADATA
# title: Workloads that run as the dashboard
# description: Finds workloads other than the Kubernetes Dashboard that run as its service account.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.dashboard
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	paths := [sprintf("%s.%s", [workload.pod_path(obj), field]) |
		some field in ["serviceAccountName", "serviceAccount"] # the second is the old name of the field
		dashboard.is_name(spec[field])
	]
	count(paths) > 0
	not dashboard.runs_dashboard(spec)
	finding := {
		"alertMessage": sprintf("%s runs as the service account of the Kubernetes Dashboard", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "An application that loses its account loses what it may do: give it an account of its own first.",
	}
}
