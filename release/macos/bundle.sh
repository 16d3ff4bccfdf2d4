#!/usr/bin/env bash
# The app bundle and disk image for macOS, made from build/frozen. Not run yet: see docs/releasing.md.
# Signing and notarisation are left to the owner: NEEDLEJOURNAL_IDENTITY names the signing identity, if there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."
app="build/macos/Needle Journal.app"
rm -rf build/macos
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources" build/packages
cp -R build/frozen/needlejournal/. "$app/Contents/MacOS/"
cat > "$app/Contents/Info.plist" <<PLIST
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleName</key><string>Needle Journal</string>
  <key>CFBundleIdentifier</key><string>org.needlejournal.NeedleJournal</string>
  <key>CFBundleExecutable</key><string>needlejournal</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>NSHighResolutionCapable</key><true/>
</dict></plist>
PLIST
if [ -n "${NEEDLEJOURNAL_IDENTITY:-}" ]; then
  codesign --deep --force --options runtime --entitlements release/macos/entitlements.plist \
    --sign "$NEEDLEJOURNAL_IDENTITY" "$app"
fi
hdiutil create -volname "Needle Journal" -srcfolder build/macos -format UDZO build/packages/needlejournal-macos.dmg
