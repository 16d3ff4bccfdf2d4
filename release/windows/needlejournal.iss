; The installer for Windows, made by Inno Setup 6 from build\frozen. Not run yet: see docs\releasing.md.
#define Version GetEnv("NEEDLEJOURNAL_VERSION")
[Setup]
AppId={{5B0C8B7E-6C1D-4C9D-9B2F-6F0C3A7D4E21}
AppName=Needle Journal
AppVersion={#Version}
DefaultDirName={autopf}\Needle Journal
DefaultGroupName=Needle Journal
PrivilegesRequired=lowest
OutputDir=..\..\build\packages
OutputBaseFilename=needlejournal-windows
Compression=lzma2/max
SolidCompression=yes
ArchitecturesInstallIn64BitMode=x64compatible
WizardStyle=modern
UninstallDisplayName=Needle Journal
[Files]
Source: "..\..\build\frozen\needlejournal\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
[Icons]
Name: "{group}\Needle Journal"; Filename: "{app}\needlejournal-window.exe"
Name: "{autodesktop}\Needle Journal"; Filename: "{app}\needlejournal-window.exe"; Tasks: desktopicon
[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
