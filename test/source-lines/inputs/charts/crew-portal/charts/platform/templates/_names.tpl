{{- define "platform.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}

{{- define "platform.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
ferryline.example/tier: {{ .Values.platform.tier }}
{{- end -}}
