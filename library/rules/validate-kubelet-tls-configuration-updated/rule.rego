# METADATA
# title: Kubelets without a certificate of an authority
# description: Finds nodes whose kubelet serves its API with a certificate that it signed itself.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	missing := [outcome |
		some setting in [certificate(info), key(info)]
		outcome := kubelet.effective(info, setting)
		outcome.value in {"", kubelet.unread}
	]
	not asks_for_one(info)
	outcome := {"value": missing[0].value, "paths": [path | some one in missing; some path in one.paths]}
	finding := kubelet.finding(info, outcome, "serves its API with a certificate that no authority signed", "set tlsCertFile and tlsPrivateKeyFile there, or serverTLSBootstrap to true so that it asks the cluster for a certificate, and restart it.")
}

certificate(_) := {"flag": "--tls-cert-file", "field": ["tlsCertFile"], "inFile": "", "byDefault": ""}

key(_) := {"flag": "--tls-private-key-file", "field": ["tlsPrivateKeyFile"], "inFile": "", "byDefault": ""}

# A kubelet that asks the cluster for its certificate needs no files.
asks_for_one(info) if kubelet.is_on(kubelet.effective(info, {
	"flag": "--rotate-server-certificates",
	"field": ["serverTLSBootstrap"],
	"inFile": false,
	"byDefault": false,
}).value)
