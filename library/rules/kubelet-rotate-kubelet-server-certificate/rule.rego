# METADATA
# title: Kubelets that keep their server certificate until it ends
# description: Finds nodes whose kubelet has the renewal of its server certificate switched off.
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
		"gate": "RotateKubeletServerCertificate",
		"field": ["featureGates", "RotateKubeletServerCertificate"],
		"inFile": true,
		"byDefault": true,
	})
	not kubelet.is_on(rotation.value)
	finding := kubelet.finding(info, rotation, "doesn't renew its server certificate", "remove RotateKubeletServerCertificate from featureGates there, and from --feature-gates on its command line, and restart it.")
}
