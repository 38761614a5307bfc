# METADATA
# title: Kubelets that keep their client certificate until it ends
# description: Finds nodes whose kubelet is told not to renew its client certificate.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	rotation := kubelet.effective(info, {
		"flag": "--rotate-certificates",
		"field": ["rotateCertificates"],
		"inFile": true,
		"byDefault": true,
	})
	not kubelet.is_on(rotation.value)
	finding := kubelet.finding(info, rotation, "doesn't renew its client certificate", "set rotateCertificates to true there, drop --rotate-certificates from its command line, and restart it.")
}
