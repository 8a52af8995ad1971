using System.Globalization;
using System.Net;

namespace GeminiBalance.Gateway.Settings;

/// <summary>The simple kinds of settings. Those with a structure of their own are in <c>StructuredSettingKinds</c>.</summary>
internal static partial class SettingKinds
{
    public static SettingKind<bool> Switch { get; } = new("true/false", "`true` or `false`", text => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => Wrong<bool>(),
    });

    /// <summary>gemini-balance's words for log levels, and .NET's.</summary>
    public static SettingKind<LogLevel> Level { get; } = new("word", "`TRACE`, `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`", text => text.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => Wrong<LogLevel>(),
    });

    public static SettingKind<Uri> HttpAddress { get; } = new(
        "URL",
        "an `http` or `https` address without credentials, query and fragment",
        text => Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && (address.Query + address.Fragment + address.UserInfo).Length == 0
                ? address
                : Wrong<Uri>());

    /// <summary>No host names: Kestrel would listen on every address for one, which is not what somebody who writes a name expects.</summary>
    public static SettingKind<string> ListenHost { get; } = new(
        "address",
        "`localhost`, an IP address, or `*` for every address",
        text => text is "localhost" or "*" || IPAddress.TryParse(text, out _) ? text : Wrong<string>());

    public static SettingKind<string> Folder { get; } = new(
        "path",
        "a path",
        text => text.IndexOfAny(Path.GetInvalidPathChars()) < 0 ? text : Wrong<string>());

    public static SettingKind<string> FileName { get; } = new(
        "file name",
        "a file name without a folder",
        text => text == Path.GetFileName(text) && text is not ("." or "..") && text.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 ? text : Wrong<string>());

    public static SettingKind<string> Model { get; } = new("model", "a model's name", text => IsModel(Bare(text)) ? Bare(text) : Wrong<string>());

    public static SettingKind<IReadOnlySet<string>> Models { get; } = new("list of models", "a list of models' names", text =>
    {
        var list = SettingText.ParseList(text);
        return list.IsGood && list.Value.Select(Bare).FirstOrDefault(name => !IsModel(name)) is null
            ? new(list.Value.Select(Bare).ToHashSet(), null, null)
            : new(null, list.Problem ?? "one of the entries is no model's name", null);
    });

    public static SettingKind<int> WholeNumber(int least, int most) => Count(least, most).Select(value => (int)value);

    public static SettingKind<long> Count(long least, long most = long.MaxValue) => new(
        "number",
        most == long.MaxValue ? $"a whole number, {least} or more" : $"a whole number from {least} to {most}",
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : Wrong<long>());

    /// <summary>A duration as a number of <paramref name="unit"/>, with decimals.</summary>
    public static SettingKind<TimeSpan> Duration(TimeSpan unit, string unitName, double least, double most) => new(
        unitName,
        $"a number of {unitName} from {least} to {most}",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
                ? unit * value
                : Wrong<TimeSpan>());

    /// <summary>What the kind allows says all there is to say.</summary>
    private static Parsed<T> Wrong<T>() => new(default, "", null);

    private static string Bare(string model) => model.StartsWith("models/", StringComparison.Ordinal) ? model["models/".Length..] : model;

    private static bool IsModel(string text) => text.Length is > 0 and <= 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' or ':' or '@');
}
