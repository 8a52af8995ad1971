using System.Globalization;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The statistics, for people.</summary>
internal sealed class StatisticsAdministration(ICallStatistics statistics, IKeyNames names, TimeProvider time)
{
    private const string PeriodDefault = "24h";
    private const int KeysMax = 1000;
    private static readonly string[] Summarized = ["1m", "1h", "24h", "30d"];

    /// <summary>The last minute, hour, day and 30 days, of all keys or of one.</summary>
    public async Task CallsAsync(HttpContext context)
    {
        var (isGood, key) = await KeyAsync(context);
        if (!isGood)
        {
            return;
        }

        var answer = new Dictionary<string, CallSumView>();
        foreach (var period in CallPeriod.All.Where(period => Summarized.Contains(period.Name)))
        {
            var sums = await statistics.SumAsync(period.Query(CallGrouping.All, key, time.GetUtcNow()), context.RequestAborted);
            answer[period.Name] = CallSumView.Of(sums.Count == 0 ? CallSum.None : sums[0]);
        }

        await AdminAnswers.OkAsync(context, answer, AdminJson.Default.DictionaryStringCallSumView);
    }

    public async Task ModelsAsync(HttpContext context)
    {
        if (await SumsAsync(context, CallGrouping.Model) is { } sums)
        {
            await AdminAnswers.OkAsync(context, [.. sums.Select(sum => new ModelSumView(sum.Group, CallSumView.Of(sum)))], AdminJson.Default.IReadOnlyListModelSumView);
        }
    }

    public async Task OutcomesAsync(HttpContext context)
    {
        if (await SumsAsync(context, CallGrouping.Outcome) is { } sums)
        {
            await AdminAnswers.OkAsync(
                context,
                [.. sums.Select(sum => new OutcomeSumView(CallNames.NameOf((CallOutcomeKind)int.Parse(sum.Group, CultureInfo.InvariantCulture)), sum.Calls))],
                AdminJson.Default.IReadOnlyListOutcomeSumView);
        }
    }

    /// <summary>The keys with most calls.</summary>
    public async Task KeysAsync(HttpContext context)
    {
        if (await SumsAsync(context, CallGrouping.Key) is not { } sums)
        {
            return;
        }

        var views = new List<KeySumView>();
        foreach (var sum in sums)
        {
            views.Add(new KeySumView(sum.Group, await names.MaskAsync(new KeyId(sum.Group), context.RequestAborted), CallSumView.Of(sum)));
        }

        await AdminAnswers.OkAsync(context, views, AdminJson.Default.IReadOnlyListKeySumView);
    }

    public async Task TrendAsync(HttpContext context)
    {
        var (isGood, key) = await KeyAsync(context);
        if (!isGood || await PeriodAsync(context) is not { } period)
        {
            return;
        }

        var sums = await statistics.SumAsync(period.Trend(key, time.GetUtcNow()), context.RequestAborted);
        await AdminAnswers.OkAsync(
            context,
            [.. sums.Select(sum => new TrendPoint(DateTimeOffset.FromUnixTimeSeconds(long.Parse(sum.Group, CultureInfo.InvariantCulture)), CallSumView.Of(sum)))],
            AdminJson.Default.IReadOnlyListTrendPoint);
    }

    /// <summary>As in gemini-balance: a key's calls in the last 24 hours, by model.</summary>
    public async Task KeyUsageAsync(HttpContext context)
    {
        if (await FindKeyAsync(context, (string)context.GetRouteValue("key")!) is not { } key)
        {
            return;
        }

        var sums = await statistics.SumAsync(CallPeriod.Find("24h")!.Query(CallGrouping.Model, key, time.GetUtcNow()), context.RequestAborted);
        await AdminAnswers.OkAsync(context, sums.ToDictionary(sum => sum.Group, sum => sum.Calls), AdminJson.Default.DictionaryStringInt64);
    }

    private async ValueTask<IReadOnlyList<CallSum>?> SumsAsync(HttpContext context, CallGrouping by)
    {
        var (isGood, key) = await KeyAsync(context);
        if (!isGood || await PeriodAsync(context) is not { } period)
        {
            return null;
        }

        if (!LogQuery.TryRead(context.Request.Query["limit"], 1, KeysMax, 100, out var limit))
        {
            await InvalidAsync(context, $"limit is a number from 1 to {KeysMax}.");
            return null;
        }

        return await statistics.SumAsync(period.Query(by, key, time.GetUtcNow(), limit), context.RequestAborted);
    }

    private static async ValueTask<CallPeriod?> PeriodAsync(HttpContext context)
    {
        var period = CallPeriod.Find(LogQuery.First(context.Request.Query, "period") ?? PeriodDefault);
        if (period is null)
        {
            await InvalidAsync(context, $"period is one of {string.Join(", ", CallPeriod.All.Select(known => known.Name))}.");
        }

        return period;
    }

    private async ValueTask<(bool IsGood, string? Key)> KeyAsync(HttpContext context)
    {
        if (LogQuery.First(context.Request.Query, "key") is not { } text)
        {
            return (true, null);
        }

        var key = await FindKeyAsync(context, text);
        return (key is not null, key);
    }

    private async ValueTask<string?> FindKeyAsync(HttpContext context, string text)
    {
        var found = await LogQuery.FindKeysAsync(text, names, context.RequestAborted);
        if (found is not [var key])
        {
            await AdminAnswers.ErrorAsync(
                context, StatusCodes.Status404NotFound, "unknown_key", found.Count == 0 ? "There is no key with this id." : "More than one key is meant; send its id.");
            return null;
        }

        return key;
    }

    private static Task InvalidAsync(HttpContext context, string problem) =>
        AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_query", problem);
}
