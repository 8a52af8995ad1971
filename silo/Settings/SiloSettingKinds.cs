using System.Net;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Silo.Settings;

/// <summary>The kinds of settings that only a silo has.</summary>
internal static class SiloSettingKinds
{
    /// <summary>The column of the membership table is as wide.</summary>
    private const int ClusterIdCharsMax = 150;

    private static SettingKind<string> HostName { get; } = new(
        "host", "an IP address or a host name", text => Uri.CheckHostName(text) != UriHostNameType.Unknown ? text : new Parsed<string>(null, "", null));

    public static SettingKind<string> ClusterId { get; } = new(
        "name",
        $"1 to {ClusterIdCharsMax} letters, digits and `-` `_` `.`",
        text => text.Length <= ClusterIdCharsMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : new Parsed<string>(null, "", null));

    public static SettingKind<string> Reachable { get; } = new(
        "address", "an IP address of this machine, a host name of it, or `auto`", text =>
        {
            if (!IPAddress.TryParse(text, out var address))
            {
                return HostName.Parse(text);
            }

            return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? new Parsed<string>(null, "others cannot reach a process there", null) : text;
        });
}
