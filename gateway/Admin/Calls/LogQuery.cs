using System.Globalization;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Hosting;
using Microsoft.Extensions.Primitives;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Reads which rows of a log a query asks for: by our names, or by gemini-balance's.</summary>
internal static class LogQuery
{
    private const int KeyIdChars = 16;

    /// <returns>The filter, or what is wrong with the query.</returns>
    public static async ValueTask<(CallLogFilter? Filter, string? Problem)> ReadAsync(IQueryCollection query, IKeyNames names, CancellationToken cancellationToken)
    {
        if (!TryRead(query["limit"], 1, Limits.LogPageRowsMax, 50, out var limit) || !TryRead(query["offset"], 0, Limits.LogRowsCountedMax, 0, out var offset))
        {
            return (null, $"limit is a number from 1 to {Limits.LogPageRowsMax}, offset one from 0 to {Limits.LogRowsCountedMax}; for older rows say until when.");
        }

        if (!TryRead(First(query, "from", "start_date"), out var from) || !TryRead(First(query, "until", "end_date"), out var until))
        {
            return (null, "from and until are moments such as 2026-01-31T12:00:00Z; without an offset they are in UTC.");
        }

        var outcome = First(query, "outcome");
        if (outcome is not null && CallNames.Find(outcome) is null)
        {
            return (null, $"outcome is one of {string.Join(", ", CallNames.Outcomes)}.");
        }

        var key = First(query, "key", "key_search");
        var keyIds = key is null ? null : await FindKeysAsync(key, names, cancellationToken);
        if (keyIds?.Count > Limits.LogSearchKeysMax)
        {
            return (null, $"{keyIds.Count} keys contain this text; send more of the key, or its id.");
        }

        return (new CallLogFilter
        {
            From = from,
            Until = until,
            KeyIds = keyIds,
            Model = First(query, "model"),
            ClientId = First(query, "client"),
            Outcomes = outcome is null ? null : CallNames.Find(outcome),
            Status = int.TryParse(First(query, "status", "error_code_search"), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null,
            Text = First(query, "text", "error_search"),
            IsOldestFirst = First(query, "order", "sort_order") == "asc",
            Limit = limit,
            Offset = offset,
        }, null);
    }

    /// <summary>Keys by id, also when they have left the pool, or by a part of what people see of them.</summary>
    public static async ValueTask<IReadOnlyList<string>> FindKeysAsync(string text, IKeyNames names, CancellationToken cancellationToken) =>
        text.Length == KeyIdChars && text.All(char.IsAsciiHexDigitLower) ? [text] : [.. (await names.SearchAsync(text, cancellationToken)).Select(id => id.Value)];

    public static bool TryRead(StringValues text, int least, int most, int otherwise, out int value)
    {
        value = otherwise;
        return text.Count == 0 || (int.TryParse(text[0], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }

    /// <returns>The first of the parameters that is there and not empty.</returns>
    public static string? First(IQueryCollection query, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (query[name].FirstOrDefault() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static bool TryRead(string? text, out DateTimeOffset? moment)
    {
        var isGood = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read);
        moment = isGood ? read : null;
        return isGood || text is null;
    }
}
