using System.Globalization;

namespace GeminiBalance.FakeGemini;

/// <summary>Options of the command. Unknown or malformed ones are errors.</summary>
internal static class CommandLine
{
    private const int PortDefault = 9090;

    /// <summary>The options, or null and what is wrong.</summary>
    public static (FakeGeminiOptions? Options, string? Error) Parse(string[] args)
    {
        var options = new FakeGeminiOptions { Port = PortDefault };
        var (keys, limits) = (3, new FakeLimits(RequestsPerMinute: 5));
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--accept-any-key":
                    options.AcceptAnyKey = true;
                    continue;
                case "--any-address":
                    options.ListensEverywhere = true;
                    continue;
                case "--accept-unknown-fields":
                    options.RefuseUnknownFields = false;
                    continue;
                case "--count-only":
                    options.Enforcement = Enforcement.CountOnly;
                    continue;
                case "--no-enforce":
                    (options.Enforcement, options.RecordedRequestsMax) = (Enforcement.Off, 0);
                    continue;
                case "--models" when i + 1 < args.Length:
                    options.ExtraModels = args[++i].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    continue;
            }

            if (i + 1 >= args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return (null, $"{args[i]} is not an option, or lacks its number.");
            }

            switch (args[i++])
            {
                case "--port" when number <= ushort.MaxValue:
                    options.Port = number;
                    break;
                case "--keys" when number > 0:
                    keys = number;
                    break;
                case "--keys-per-project" when number > 0:
                    options.KeysPerProject = number;
                    break;
                case "--rpm":
                    limits = limits with { RequestsPerMinute = number };
                    break;
                case "--tpm":
                    limits = limits with { TokensPerMinute = number };
                    break;
                case "--rpd":
                    limits = limits with { RequestsPerDay = number };
                    break;
                case "--seed":
                    options.Seed = number;
                    break;
                default:
                    return (null, $"{args[i - 1]} {number} is not an option.");
            }
        }

        (options.Keys, options.Limits) = (FakeKeys.Make(keys, options.Seed), limits);
        return (options, null);
    }
}
