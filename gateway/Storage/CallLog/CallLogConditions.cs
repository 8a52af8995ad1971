using System.Text;
using Dapper;
using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Storage;

/// <summary>A filter as SQL: constants of this program as text, everything else as parameters.</summary>
internal sealed class CallLogConditions
{
    private readonly StringBuilder text = new();

    public CallLogConditions(CallLogFilter filter)
    {
        Add(filter.From is not null, "time >= @from", "from", filter.From?.ToUnixTimeMilliseconds());
        Add(filter.Until is not null, "time < @until", "until", filter.Until?.ToUnixTimeMilliseconds());
        Add(filter.KeyIds is not null, "key_id IN @keyIds", "keyIds", filter.KeyIds);
        Add(filter.Model is not null, "model = @model", "model", filter.Model);
        Add(filter.ClientId is not null, "client_id = @clientId", "clientId", filter.ClientId);
        Add(filter.Outcomes is not null, "outcome IN @outcomes", "outcomes", filter.Outcomes?.Select(outcome => (int)outcome).ToList());
        Add(filter.Status is not null, "status = @status", "status", filter.Status);
        Add(filter.Text is not null, "(detail LIKE @text ESCAPE '!' OR message LIKE @text ESCAPE '!')", "text", Contains(filter.Text));
        Parameters.Add("limit", filter.Limit);
        Parameters.Add("offset", filter.Offset);
        Parameters.Add("countMax", Limits.LogRowsCountedMax);
        Order = filter.IsOldestFirst ? "ORDER BY time, id" : "ORDER BY time DESC, id DESC";
    }

    /// <summary>Empty, or beginning with <c>WHERE</c>.</summary>
    public string Where => text.ToString();

    public string Order { get; }

    public DynamicParameters Parameters { get; } = new();

    private static string? Contains(string? part) => part is null
        ? null
        : $"%{part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private void Add(bool isAsked, string condition, string name, object? value)
    {
        if (isAsked)
        {
            text.Append(text.Length == 0 ? "WHERE " : " AND ").Append(condition);
            Parameters.Add(name, value);
        }
    }
}
