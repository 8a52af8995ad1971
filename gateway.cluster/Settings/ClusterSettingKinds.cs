using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>The kinds of settings that only this shape has.</summary>
internal static class ClusterSettingKinds
{
    /// <summary>The column of the membership table is as wide.</summary>
    private const int ClusterIdCharsMax = 150;

    public static SettingKind<string> Connection { get; } = new(
        "text", "a connection string such as `Server=…;Port=3306;Database=…;User ID=…;Password=…`", ParseConnection);

    public static SettingKind<string> Text { get; } = new("text", "a text", text => text);

    public static SettingKind<string> Port { get; } = SettingKinds.WholeNumber(1, ushort.MaxValue).Select(port => $"{port}");

    public static SettingKind<string> HostName { get; } = new(
        "host", "an IP address or a host name", text => Uri.CheckHostName(text) != UriHostNameType.Unknown ? text : new Parsed<string>(null, "", null));

    public static SettingKind<string> ClusterId { get; } = new(
        "name",
        $"1 to {ClusterIdCharsMax} letters, digits and `-` `_` `.`",
        text => text.Length <= ClusterIdCharsMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : new Parsed<string>(null, "", null));

    private static Parsed<string> ParseConnection(string text)
    {
        try
        {
            _ = MySqlAddress.Parse(text);
            return text;
        }
        catch (MySqlStorageException failure)
        {
            return new(null, failure.Message, null);
        }
    }
}
