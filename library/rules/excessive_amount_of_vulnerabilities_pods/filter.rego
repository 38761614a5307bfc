# METADATA
# title: Workloads whose images were scanned
# description: Counts those as judged of which an image's vulnerabilities are known.
# scope: package
package armo_builtins

import data.holdfast.lib.image_vulnerability
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	count(image_vulnerability.scanned(obj)) > 0
}
