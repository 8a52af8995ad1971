namespace GeminiBalance.KeyPool;

/// <summary>How a gateway's pool stands with the ledgers.</summary>
/// <param name="KeyCount">Keys in the roster.</param>
/// <param name="OwnKeyCount">Those that this gateway prefers to use.</param>
/// <param name="IsReachable">False while asks rest, because many in a row were in vain.</param>
/// <param name="Waiters">Calls that wait now.</param>
/// <param name="Grants">Tokens handed to calls, since the start.</param>
/// <param name="SpareGrants">Those of them that waited for no ask, since the start.</param>
/// <param name="Asks">Asks sent, since the start.</param>
/// <param name="Denials">Asks that brought no token although a call waited for one.</param>
/// <param name="WrittenOff">Asks that were not answered in time to be of use.</param>
/// <param name="Failures">Asks that failed.</param>
/// <param name="Unused">Tokens granted that found no call any more, and were given back.</param>
/// <param name="SettlementMessages">Messages that carried settlements alone.</param>
public sealed record ClusterPoolHealth(
    int KeyCount, int OwnKeyCount, bool IsReachable, int Waiters, long Grants, long SpareGrants, long Asks, long Denials, long WrittenOff, long Failures, long Unused, long SettlementMessages);
