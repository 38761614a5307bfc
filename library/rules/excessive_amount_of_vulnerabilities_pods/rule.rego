# METADATA
# title: Images with too many vulnerabilities
# description: Finds containers whose image has more critical vulnerabilities, or more of high severity, than the parameters allow.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, armo.vuln.images/ImageVulnerabilities, image.vulnscan.com/ImageVulnerabilities]
#   needs: image-vulnerabilities
#   parameters: [max_critical_vulnerabilities, max_high_vulnerabilities]
package armo_builtins

import data.holdfast.lib.image_vulnerability
import data.holdfast.lib.object_reference
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some found in image_vulnerability.scanned(obj)
	excess := [sprintf("%d of %s severity where %d are allowed", [number, severity, allowed]) |
		some severity, parameter in {"critical": "max_critical_vulnerabilities", "high": "max_high_vulnerabilities"}
		number := count(image_vulnerability.of_severity(found.entries, severity))
		allowed := to_number(data.postureControlInputs[parameter][0])
		number > allowed
	]
	count(excess) > 0
	finding := {
		"alertMessage": sprintf("The image of %s has too many vulnerabilities: %s", [workload.container_label(obj, found.container), concat(", ", excess)]),
		"alertObject": {"k8sApiObjects": [obj], "externalObjects": object_reference.of(obj)},
		"failedPaths": [found.path],
		"reviewPaths": [found.path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Which image has fewer is not known here: rebuild it on an up-to-date base, or leave out of it what the application doesn't need.",
	}
}
