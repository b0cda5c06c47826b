#if !NET
using System;
using System.IO;
using System.Reflection;

namespace InstagramMessaging;

/// <summary>
/// Windows PowerShell 5.1 has no load contexts. This answers for the files in the module's own folder only, and only when the
/// asking assembly is one of them, so that no other module is given our version of a package.
/// </summary>
internal static class ModuleAssemblyResolver
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleAssemblyResolver).Assembly.Location)!;
    private static readonly Lazy<Assembly> Loaded = new(LoadCmdlets);

    /// <summary>The assembly with the cmdlets; loaded once a process.</summary>
    public static Assembly Cmdlets => Loaded.Value;

    private static Assembly LoadCmdlets()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        return Assembly.LoadFrom(Path.Combine(Folder, "InstagramMessaging.Cmdlets.dll"));
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not { IsDynamic: false } asking || !IsOurs(asking.Location))
            return null;

        string path = Path.Combine(Folder, new AssemblyName(args.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    private static bool IsOurs(string location) =>
        location.Length > 0 && string.Equals(Path.GetDirectoryName(location), Folder, StringComparison.OrdinalIgnoreCase);
}
#endif
