# METADATA
# title: Exposed workloads with critical vulnerabilities
# description: Finds containers whose image has a critical vulnerability and that a Service opens to callers from outside the cluster.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service, armo.vuln.images/ImageVulnerabilities, image.vulnscan.com/ImageVulnerabilities]
#   needs: image-vulnerabilities
package armo_builtins

import data.holdfast.lib.exposed_vulnerability
import data.holdfast.lib.image_vulnerability
import rego.v1

deny contains finding if {
	some obj in input
	some found in image_vulnerability.scanned(obj)
	critical := count(image_vulnerability.of_severity(found.entries, "critical"))
	critical > 0
	finding := exposed_vulnerability.finding(obj, found, sprintf("critical vulnerabilities: %d", [critical]))
}
