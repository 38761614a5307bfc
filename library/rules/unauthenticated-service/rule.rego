# METADATA
# title: Services that ask nobody who they are
# description: Finds workloads behind a Service that a scanner could use without logging in.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service, kubescape.io/ServiceScanResult]
#   needs: service-scans
package armo_builtins

import data.holdfast.lib.exposure
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some scan in input
	scan.kind == "ServiceScanResult"
	open := [i | some i, port in scan.spec.ports; port.authenticated == false]
	count(open) > 0
	some reached in exposure.behind(workload.namespace(scan), scan.metadata.name)
	ports := [sprintf("%v", [scan.spec.ports[i].port]) | some i in open]
	finding := {
		"alertMessage": sprintf("%s answers callers of %s without asking who they are, on port %s", [workload.label(reached.workload), service.label(reached.service), concat(", ", ports)]),
		"alertObject": {"k8sApiObjects": [reached.workload]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "How the application asks for a login is a matter of its own configuration, or of a proxy before it.",
		"relatedObjects": [
			{"object": reached.service},
			{"object": scan, "failedPaths": [sprintf("spec.ports[%d].authenticated", [i]) | some i in open], "reviewPaths": []},
		],
	}
}
