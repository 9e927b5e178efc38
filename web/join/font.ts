import '@fontsource-variable/golos-text/index.css'
